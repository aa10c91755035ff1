import { performance } from "node:perf_hooks";
import { caller } from "../test/support/shell.ts";
import { aScene, type Measured, operations } from "./scene.ts";

export interface Cpu {
  readonly name: string;
  readonly kind: Measured["kind"];
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const rounds = 300;
const warmUps = 100;

interface Sent {
  readonly input: object;
  readonly constructor: { readonly name: string };
}

/**
 * What a handler costs without the database: the answers of one real request are recorded and given again,
 * at once, to hundreds of the same request. Marshalling and the network are not in it.
 */
export async function measureCpu(): Promise<Cpu[]> {
  const scene = await aScene();
  const { shell } = scene;
  const answers = new Map<string, unknown>();
  const real = shell.deps.platform.db;
  let replaying = false;
  const send = async (command: Sent): Promise<unknown> => {
    const isWrite = command.constructor.name === "TransactWriteCommand";
    const key = `${command.constructor.name} ${JSON.stringify(command.input)}`;
    if (replaying) return isWrite ? {} : answers.get(key);
    if (isWrite) return {};
    const answer = await real.send(command as never);
    answers.set(key, answer);
    return answer;
  };
  const db = new Proxy(real, {
    get: (target, name) => (name === "send" ? send : Reflect.get(target, name)),
  });
  const { table } = shell.deps.platform;
  const call = caller(
    {
      ...shell.deps,
      platform: { db, table },
      tenant: async (agency) => ({ agency, db, table }),
    },
    shell.apiKey,
  );
  const rows: Cpu[] = [];
  for (const { name, kind, prepare } of operations.filter(({ isOutside }) => !isOutside)) {
    const [method, path, body] = await prepare(scene);
    replaying = false;
    await call(method, path, body);
    replaying = true;
    rows.push({ name, kind, ...(await timesOf(() => call(method, path, body))) });
  }
  return rows;
}

async function timesOf(run: () => Promise<unknown>): Promise<{ p50Ms: number; p99Ms: number }> {
  for (let round = 0; round < warmUps; round += 1) await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startMs = performance.now();
    await run();
    times.push(performance.now() - startMs);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { rateLimits } from "../functions/kit/limiter.ts";
import { startDatabase } from "../local/database.ts";
import type { Scene } from "./scene.ts";

export interface Waits {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Beside one that asks: on a database of its own, so that only the machine is shared, and on the same one. */
export interface Beside {
  readonly perS: number;
  readonly apart: Waits;
  readonly together: Waits;
  /** What the noisy one was answered on the same database, by status. */
  readonly answers: Readonly<Record<string, number>>;
}

export interface Neighbour {
  readonly alone: Waits;
  readonly besides: readonly Beside[];
}

const quietPerS = 10;
const times = 100;
const asked = 400;

/** A quiet agency's requests, alone, beside one at its limit, and beside one that asks a hundred times as often. */
export async function measureNeighbour(): Promise<Neighbour> {
  const [database, other] = await Promise.all([startDatabase(), startDatabase()]);
  process.env.DYNAMODB_ENDPOINT = database.endpoint;
  (globalThis as { drawdownTestEndpoint?: Promise<string> }).drawdownTestEndpoint = Promise.resolve(
    database.endpoint,
  );
  try {
    const { aScene } = await import("./scene.ts");
    const scene = await aScene();
    await waits(scene);
    const alone = await waits(scene);
    const besides: Beside[] = [];
    for (const perS of [rateLimits.agency.perS, quietPerS * times]) {
      const apart = await beside(scene, perS, other.endpoint);
      const { waited: together, answers } = await beside(scene, perS, database.endpoint);
      besides.push({ perS, apart: apart.waited, together, answers });
    }
    return { alone, besides };
  } finally {
    await Promise.all([database.stop(), other.stop()]);
  }
}

async function beside(scene: Scene, perS: number, endpoint: string) {
  const noise = await startNoise(perS, endpoint);
  const waited = await waits(scene);
  return { waited, answers: await stopNoise(noise) };
}

async function waits(scene: Scene): Promise<Waits> {
  const invoice = await scene.issued();
  const taken: number[] = [];
  for (let n = 0; n < asked; n += 1) {
    const startMs = performance.now();
    const { status } = await scene.shell.call("GET", `/v1/invoices/${invoice}`);
    if (status !== 200) throw new Error(`the quiet agency was answered ${status}`);
    const tookMs = performance.now() - startMs;
    taken.push(tookMs);
    await pause(Math.max(0, 1_000 / quietPerS - tookMs));
  }
  const sorted = taken.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function startNoise(perS: number, endpoint: string): Promise<ChildProcess> {
  const path = new URL("./noise.ts", import.meta.url).pathname;
  const noise = spawn(process.execPath, [path, String(perS)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DYNAMODB_ENDPOINT: endpoint },
  });
  if (noise.stdout) await once(noise.stdout, "data");
  return noise;
}

async function stopNoise(noise: ChildProcess): Promise<Record<string, number>> {
  let text = "";
  noise.stdout?.on("data", (data) => {
    text += String(data);
  });
  noise.kill("SIGTERM");
  await once(noise, "exit");
  return JSON.parse(text);
}

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

export interface Neighbour {
  readonly alone: Waits;
  /** Beside one that asks as often as an agency may. */
  readonly besideAllowed: Waits;
  readonly beside: Waits;
  /** What the flood was answered, by status. */
  readonly answers: Readonly<Record<string, number>>;
}

const quietPerS = 10;
const times = 100;
const asked = 300;

/** A quiet agency's requests, alone, beside one at its limit, and beside one that asks a hundred times as often. */
export async function measureNeighbour(): Promise<Neighbour> {
  const database = await startDatabase();
  process.env.DYNAMODB_ENDPOINT = database.endpoint;
  (globalThis as { drawdownTestEndpoint?: Promise<string> }).drawdownTestEndpoint = Promise.resolve(
    database.endpoint,
  );
  try {
    const { aScene } = await import("./scene.ts");
    const scene = await aScene();
    await waits(scene);
    const alone = await waits(scene);
    const allowed = await startNoise(rateLimits.agency.perS);
    const besideAllowed = await waits(scene);
    await stopNoise(allowed);
    const noise = await startNoise(quietPerS * times);
    const beside = await waits(scene);
    return { alone, besideAllowed, beside, answers: await stopNoise(noise) };
  } finally {
    await database.stop();
  }
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

async function startNoise(perS: number): Promise<ChildProcess> {
  const path = new URL("./noise.ts", import.meta.url).pathname;
  const noise = spawn(process.execPath, [path, String(perS)], {
    stdio: ["ignore", "pipe", "inherit"],
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

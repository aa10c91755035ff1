import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { startDatabase } from "../local/database.ts";
import type { Scene } from "./scene.ts";

export interface Rate {
  readonly name: string;
  readonly perSecond: number;
}

const parallel = 16;
const total = 320;

/** Requests per second against the database on disk, sixteen at a time, each on a customer of its own. */
export async function measureThroughput(): Promise<Rate[]> {
  const folder = mkdtempSync(join(tmpdir(), "drawdown-bench-"));
  const database = await startDatabase({ file: join(folder, "bench.db") });
  process.env.DYNAMODB_ENDPOINT = database.endpoint;
  (globalThis as { drawdownTestEndpoint?: Promise<string> }).drawdownTestEndpoint = Promise.resolve(
    database.endpoint,
  );
  try {
    const { aScene } = await import("./scene.ts");
    const scenes = [await aScene()];
    return [await payments(scenes), await issues(scenes), await reads(scenes)];
  } finally {
    process.kill(database.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function customersOf([scene]: readonly Scene[]): Promise<string[]> {
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const made = await Promise.all(
    Array.from({ length: parallel }, () =>
      scene?.shell.call("POST", "/v1/invoices", { customer: { billTo: { company: "B" } }, items }),
    ),
  );
  return made.map((answer) => answer?.body.customer);
}

async function rateOf(name: string, run: (worker: number) => Promise<unknown>): Promise<Rate> {
  let left = total;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async (_, worker) => {
      while (left > 0) {
        left -= 1;
        await run(worker);
      }
    }),
  );
  return { name, perSecond: Math.round((total / (performance.now() - startMs)) * 1_000) };
}

async function payments(scenes: readonly Scene[]): Promise<Rate> {
  const customers = await customersOf(scenes);
  return rateOf("record a payment", (worker) => {
    const customer = customers[worker];
    const body = { customer, amount: 1, currency: "USD", method: "Cash" };
    return scenes[0]?.shell.call("POST", "/v1/payments", body) ?? Promise.resolve();
  });
}

async function issues(scenes: readonly Scene[]): Promise<Rate> {
  const customers = await customersOf(scenes);
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  return rateOf("draft an invoice", (worker) => {
    const body = { customer: customers[worker], items };
    return scenes[0]?.shell.call("POST", "/v1/invoices", body) ?? Promise.resolve();
  });
}

async function reads(scenes: readonly Scene[]): Promise<Rate> {
  const invoice = await scenes[0]?.issued();
  return rateOf(
    "read an invoice",
    () => scenes[0]?.shell.call("GET", `/v1/invoices/${invoice}`) ?? Promise.resolve(),
  );
}

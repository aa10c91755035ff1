import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
type Json = any;

const folder = mkdtempSync(join(tmpdir(), "drawdown-crash-"));
let running: ChildProcess | undefined;
afterAll(async () => {
  if (running?.exitCode === null) {
    running.kill("SIGTERM");
    await once(running, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

/** `npm start` as a process of its own, as soon as it says where it is. */
async function start(): Promise<string> {
  const child = spawn(process.execPath, ["local/start.ts"], {
    env: { ...process.env, PORT: "0", DATA_DIR: folder, CLOCK: "2027-01-04T09:00:00.000Z" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running = child;
  let said = "";
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const url = /ready at (\S+)/.exec(said)?.[1];
    if (url) return url;
  }
  throw new Error(`the system ended: ${said}`);
}

const local = async (url: string, path: string, method = "GET"): Promise<Json> =>
  (await fetch(`${url}/__local/${path}`, { method })).json();

test("kill -9 while the demo is made: the next start makes it whole, at the present", async () => {
  const changes = watch(folder)[Symbol.asyncIterator]();
  const first = start().catch(() => undefined);
  while ((await changes.next()).value?.filename !== "seeding.json");
  await changes.return?.();
  running?.kill("SIGKILL");
  await first;
  const url = await start();
  const { apiKey, now, portal } = await local(url, "ready");
  expect(now.slice(0, 10)).toBe("2027-01-04");
  expect(portal).toMatch(/\/northwind-studio$/);
  const headers = { "api-key": apiKey };
  const { docs } = await (await fetch(`${url}/v1/invoices?limit=100`, { headers })).json();
  expect(docs.map(({ number }: Json) => number)).toEqual(
    expect.arrayContaining(["INV-0001", "INV-0007", "RET-0003"]),
  );
  running?.kill("SIGTERM");
  await once(running as ChildProcess, "exit");
});

const workers = 6;
const enough = 60;

test("kill -9 under load loses nothing that was acknowledged, and every event is delivered", async () => {
  const url = await start();
  const { apiKey } = await local(url, "ready");
  const headers = { "api-key": apiKey, "content-type": "application/json" };
  const post = async (path: string, body: object): Promise<Json> =>
    (await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();

  const acknowledged: string[] = [];
  const work = async (n: number): Promise<void> => {
    const { id: customer } = await post("/v1/customers", { billTo: { company: `Firm ${n}` } });
    const payment = { customer, amount: 10.01, currency: "USD", method: "Cash" };
    while (true) acknowledged.push((await post("/v1/payments", payment)).id);
  };
  const crowd = Promise.allSettled(Array.from({ length: workers }, (_, n) => work(n)));
  while (acknowledged.length < enough) await fetch(`${url}/__local/ready`);
  running?.kill("SIGKILL");
  await crowd;

  const again = await start();
  await local(again, "settle", "POST");
  const get = async (path: string): Promise<Json> =>
    (await fetch(`${again}${path}`, { headers })).json();
  const all = async (path: string): Promise<Json[]> => {
    const docs: Json[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const page: Json = await get(`${path}&limit=100${next ? `&after=${next}` : ""}`);
      docs.push(...page.docs);
      next = page.next ?? null;
    }
    return docs;
  };
  const payments = (await all("/v1/payments?status=Succeeded")).filter(
    (one) => one.amount === 10.01,
  );
  const stored = new Set(payments.map(({ id }) => id));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  const told = (await all("/v1/events?type=payment.received")).map(({ subject }) => subject);
  expect(told.filter((id) => stored.has(id)).sort()).toEqual([...stored].sort());
  for (const customer of new Set(payments.map((one) => one.customer))) {
    const { balances } = await get(`/v1/customers/${customer}/balance`);
    const own = payments.filter((one) => one.customer === customer).length;
    expect(balances[0].unapplied).toBe(Math.round(own * 1_001) / 100);
  }
});

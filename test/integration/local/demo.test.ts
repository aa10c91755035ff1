import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../local/net.ts";
import { type System, startSystem } from "../../../local/system.ts";
import { runDemo } from "../../support/run-demo.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
type Json = any;

const folder = mkdtempSync(join(tmpdir(), "drawdown-demo-"));
let system: System;
let ready: Json;

beforeAll(async () => {
  system = await startSystem({
    ...{ port: 0, host: "127.0.0.1", folder, endpoint: undefined, isQuiet: true },
    // A card that is good for three years more must be found good in any year.
    clock: "2041-01-04T09:00:00.000Z",
  });
  ready = await (await fetch(`${system.url}/__local/ready`)).json();
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = async (path: string): Promise<Json> =>
  (await fetch(`${system.url}${path}`, { headers: { "api-key": ready.apiKey } })).json();

/** The sentences of the loop with the two balances behind each, numbers of documents aside. */
const stepsOf = (said: string): string[][] =>
  said
    .split("\n")
    .slice(1, 5)
    .map((line) => [
      line.slice(0, 66).trim().replace(/\d{4}/, "n"),
      ...line.slice(66).trim().split(/ +/),
    ]);

const numberIn = (said: string, form: RegExp): string => form.exec(said)?.[0] ?? "";

test.each(["once", "and again"])("the demo plays the retainer loop: %s", async () => {
  const { code, said, told } = await runDemo(new URL(system.url).port);
  expect({ code, told }).toEqual({ code: 0, told: "" });
  expect(stepsOf(said)).toEqual([
    ["RET-n asks for $5,000.00 in advance", "$0.00", "$0.00"],
    ["Paid by card on Stripe's page: the money waits, unapplied", "$0.00", "$5,000.00"],
    ["INV-n over $3,200.00 is Paid: paid from the retainer", "$0.00", "$1,800.00"],
    ["INV-n over $2,500.00 is Partial: $1,800.00 from the retainer", "$700.00", "$0.00"],
  ]);
  const { docs } = await get("/v1/invoices?limit=100");
  const retainer = docs.find((one: Json) => one.number === numberIn(said, /RET-\d{4}/));
  expect(retainer).toMatchObject({
    ...{ status: "Paid", drawStatus: "Drawn" },
    retainer: { funded: 5000, drawn: 5000, refunded: 0, remaining: 0 },
  });
  const { balances } = await get(`/v1/customers/${retainer.customer}/balance`);
  expect(balances).toEqual([{ currency: "USD", outstanding: 700, unapplied: 0, credit: 0 }]);
  const journal = (await get(`/v1/customers/${retainer.customer}/journal`)).docs;
  const steps = said.split("oldest first:\n")[1]?.match(/^\d+ +\S+/gm);
  expect(steps).toEqual(journal.map(({ seq, type }: Json) => `${seq}  ${type}`));
  const sums = new Map<string, number>();
  for (const { account, amount } of journal.flatMap((one: Json) => one.postings)) {
    sums.set(account, (sums.get(account) ?? 0) + amount);
  }
  expect(Object.fromEntries(sums)).toEqual({
    ...{ cash: 5000, unapplied: 0, receivable: 700, revenue: -5700 },
  });
});

test("without a system it says so in one line", async () => {
  const port = String(await freePort());
  expect(await runDemo(port)).toEqual({
    ...{ code: 1, said: "" },
    told: `Nothing answers at http://127.0.0.1:${port}: run npm start in another terminal first.\n`,
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type System, startSystem } from "../../../local/system.ts";
import { runDemo } from "../../support/run-demo.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
type Json = any;

const folder = mkdtempSync(join(tmpdir(), "drawdown-year-"));
let system: System;
let ready: Json;

beforeAll(async () => {
  const place = { port: 0, host: "127.0.0.1", folder, endpoint: undefined, isQuiet: true };
  system = await startSystem({ ...place, clock: "2041-01-04T09:00:00.000Z" });
  ready = await (await fetch(`${system.url}/__local/ready`)).json();
}, 120_000);
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = async (path: string): Promise<Json> =>
  (await fetch(`${system.url}${path}`, { headers: { "api-key": ready.apiKey } })).json();

async function year(): Promise<string> {
  const { code, said, told } = await runDemo(new URL(system.url).port, "--year");
  expect({ code, told }).toEqual({ code: 0, told: "" });
  return said;
}

/** Worked out by hand: what was charged less what was billed. */
const closing = {
  Brightline: 12 * 3_000 - 12 * 2_600,
  Fjordline: 4 * 1_200 - 12 * 350,
  Lastpenny: 0,
  Fortnight: 27 * 250,
  Evergreen: 3_000 + 6 * 2_800 - 12 * 1_400,
} as const;

test("a year by the local clock closes with the figures that were worked out by hand", async () => {
  const said = await year();
  const rows = said.match(/^\d{4}-\d\d-\d\d .*$/gm) ?? [];
  expect(rows.map((row) => row.slice(0, 10))).toHaveLength(12);
  const last = (rows.at(-1) ?? "").split(/ +/).slice(1);
  expect(last.map((text) => Number(text.replace(/[$,]/g, "")))).toEqual([
    ...Object.values(closing),
    0,
  ]);
  const { docs } = await get("/v1/customers?limit=100");
  for (const [name, unapplied] of Object.entries(closing)) {
    const { id } = docs.find(({ billTo }: Json) => billTo.company === name);
    expect((await portalHome(id)).balances).toMatchObject([{ currency: "USD", unapplied }]);
  }
  const failing = docs.find(({ billTo }: Json) => billTo.company === "Lastpenny").id;
  const tried = await get(`/v1/payments?customer=${failing}&status=Failed&limit=1`);
  expect(tried.total).toBe(4 * 4);
}, 400_000);

/** What the contact sees. */
async function portalHome(customer: string): Promise<Json> {
  const contacts = await get(`/v1/customers/${customer}/contacts`);
  const path = `/v1/customers/${customer}/contacts/${contacts.docs[0].id}/portal-link`;
  const headers = { "content-type": "application/json" };
  const asked = await fetch(`${system.url}${path}`, {
    ...{ method: "POST", headers: { ...headers, "api-key": ready.apiKey }, body: "{}" },
  });
  const token = (await asked.json()).url.split("#token=")[1];
  const session = await fetch(`${system.url}/portal/session`, {
    ...{ method: "POST", headers: { ...headers, "x-portal": "1" } },
    body: JSON.stringify({ token }),
  });
  const cookie = (session.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return (await fetch(`${system.url}/portal/home`, { headers: { cookie } })).json();
}

import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Currency } from "../domain/shared/currencies.ts";
import { createAgency } from "../functions/kit/bootstrap.ts";
import type { Deps } from "../functions/kit/deps.ts";
import type { Clock } from "./clock.ts";
import type { Gateway } from "./gateway.ts";
import { readJson, writeJson } from "./json-file.ts";
import type { Identity } from "./parts.ts";
import { dayMs, demoData, pastDays } from "./seed-demo.ts";

export interface SeededAgency {
  readonly agency: string;
  readonly slug: string;
  readonly apiKey: string;
  readonly account: string | null;
}

export interface Seeded {
  readonly demo: SeededAgency;
  readonly second: SeededAgency;
  readonly accounts: readonly string[];
}

export interface SeedParts {
  readonly deps: Deps;
  readonly gateway: Gateway;
  readonly settle: () => Promise<void>;
  readonly clock: Clock;
  readonly folder: string;
}

const begunIn = (folder: string): string => join(folder, "seeding.json");

/** A kill while the demo was made leaves half of it, and the clock in the past: both begin again. */
export const isHalfSeeded = (folder: string): boolean =>
  existsSync(begunIn(folder)) && !existsSync(join(folder, "seeded.json"));

/** On empty data: a demo agency with a drawn-down retainer and open invoices, and a second agency. */
export async function seedOnce(parts: SeedParts): Promise<Seeded> {
  const file = join(parts.folder, "seeded.json");
  const known = readJson<Seeded>(file);
  if (known) return known;
  const { clock } = parts;
  const end = clock.now();
  writeJson(begunIn(parts.folder), { end });
  clock.startEarlier(pastDays * dayMs);
  const demo = await anAgency(parts, {
    name: "Northwind Studio",
    email: "hello@northwind.example",
  });
  const second = await anAgency(parts, { name: "Southpaw Labs", email: "hi@southpaw.example" });
  await demoData(apiOf(parts, demo.apiKey), { settle: parts.settle, clock, end });
  await parts.settle();
  const accounts = [demo, second].flatMap(({ account }) => account ?? []);
  const seeded = { demo, second, accounts };
  writeJson(file, seeded);
  rmSync(begunIn(parts.folder), { force: true });
  return seeded;
}

// biome-ignore lint/suspicious/noExplicitAny: the seed reads answers field by field, as a script would
type Json = any;
export type Api = (method: string, path: string, body?: object) => Promise<Json>;

/** Calls the API as an agency does, through the same gateway. */
function apiOf({ gateway, clock }: SeedParts, apiKey: string): Api {
  return async (method, path, body) => {
    const answer = await gateway({
      method,
      target: path,
      headers: new Headers({ "api-key": apiKey, "content-type": "application/json" }),
      body: new TextEncoder().encode(body ? JSON.stringify(body) : ""),
      sourceIp: "127.0.0.1",
      requestId: randomUUID(),
      nowMs: clock.nowMs(),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`seeding: ${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}

async function anAgency(
  parts: SeedParts,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<SeededAgency> {
  const currency = "USD" as Currency;
  const { agency, apiKey } = await createAgency(parts.deps, {
    ...{ name, email, currency, timeZone: "UTC" },
  });
  const account = await connect(parts, apiOf(parts, apiKey));
  return { agency: agency.id, slug: agency.slug, apiKey, account };
}

/** As an owner does: to Stripe's onboarding, its one button, and back. */
async function connect(parts: SeedParts, api: Api): Promise<string | null> {
  const { url } = await api("POST", "/v1/stripe/connect", {});
  await fetch(url, { method: "POST", redirect: "manual" });
  await parts.settle();
  const { account } = await api("GET", "/v1/stripe/account");
  return account ?? null;
}

/** What a person or a script needs to begin. */
export function readyOf(
  { demo, second }: Seeded,
  parts: {
    readonly url: string;
    readonly stripe: string;
    readonly identity: Identity;
    readonly clock: Clock;
  },
): object {
  const { url } = parts;
  return {
    api: `${url}/v1`,
    portal: `${url}/p/${demo.slug}`,
    console: `${url}/app`,
    docs: `${url}/docs`,
    mail: `${url}/__local/mail`,
    stripe: parts.stripe,
    agency: demo.agency,
    apiKey: demo.apiKey,
    secondAgency: { agency: second.agency, apiKey: second.apiKey },
    webhookSecret: parts.identity.webhookSecret,
    now: parts.clock.now(),
  };
}

import { reserveSlug, saveAgency } from "../../domain/agencies/agency.store.ts";
import { type Agency, defaultSettings } from "../../domain/agencies/agency.ts";
import { createKey } from "../../domain/agencies/api-key.store.ts";
import type { ApiKey } from "../../domain/agencies/api-key.ts";
import { slugOf } from "../../domain/agencies/slug.ts";
import type { Currency } from "../../domain/shared/currencies.ts";
import { newId } from "../../domain/shared/ids.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import { newKeyText } from "./api-key-text.ts";
import { asRefused, commit, WriteRejected } from "./commit.ts";
import type { Deps } from "./deps.ts";
import { hashText } from "./idempotency.ts";

export interface NewAgency {
  readonly name: string;
  /** Absent: made from the name. */
  readonly slug?: string;
  readonly email: string;
  readonly currency: Currency;
  readonly timeZone: string;
}

type BootstrapDeps = Pick<Deps, "now" | "random" | "platform">;

const slugTries = 5;

/** An agency with its first key, in one transaction. The key's text is told here and never again. */
export async function createAgency(
  deps: BootstrapDeps,
  given: NewAgency,
): Promise<{ readonly agency: Agency; readonly apiKey: string }> {
  for (let round = 1; ; round += 1) {
    const made = newAgency(deps, { ...given, slug: given.slug ?? slugIn(deps, given.name, round) });
    try {
      await commit(deps.platform, made.writes);
      return made;
    } catch (error) {
      if (!(error instanceof WriteRejected)) throw error;
      const isOurs = error.code === "agency.slug-taken" && given.slug === undefined;
      if (!isOurs || round === slugTries) throw asRefused(error);
    }
  }
}

/** A name that others have, too, gets some letters behind it. */
function slugIn(deps: BootstrapDeps, name: string, round: number): string {
  const slug = slugOf(name);
  return round === 1 ? slug : `${slug}-${Buffer.from(deps.random(3)).toString("hex")}`;
}

function newAgency(deps: BootstrapDeps, given: NewAgency & { readonly slug: string }) {
  const now = deps.now();
  const nowMs = Date.parse(now);
  const { name, slug, email, currency, timeZone } = given;
  const stamps = { createdAt: now, updatedAt: now, version: 1 };
  const agency: Agency = {
    id: newId("agency", nowMs, deps.random(10)),
    ...{ name, slug, email },
    settings: defaultSettings(currency, timeZone),
    stripe: null,
    ...stamps,
  };
  const apiKey = newKeyText(deps);
  const key: ApiKey = {
    id: newId("key", nowMs, deps.random(10)),
    agency: agency.id,
    name: "First key",
    role: "owner",
    hash: hashText(apiKey),
    revokedAt: null,
    ...stamps,
  };
  const tenant = { ...deps.platform, agency: agency.id };
  const writes = [
    saveAgency(tenant, agency),
    reserveSlug(deps.platform, slug, agency.id),
    ...createKey(deps.platform, key),
    saveEventRecord(tenant, {
      id: newId("event", nowMs, deps.random(10)),
      at: now,
      type: "agency.created",
      actor: { system: "bootstrap" },
      subject: agency.id,
      customer: null,
      also: [],
      data: null,
    }),
  ];
  return { agency, apiKey, writes };
}

import { Broken } from "../broken.ts";
import { type Head, headsOf } from "../checks/heads.ts";
import type { JournalRecord } from "../checks/journal.ts";
import { issue, statusOf } from "../model/books.ts";
import { livingRefusal } from "../model/customers.ts";
import { localDay } from "../model/days.ts";
import {
  chargeTopUp,
  noteBalance,
  strike,
  type TopUp,
  type TopUpRule,
  tellLow,
  watchedIn,
} from "../model/top-ups.ts";
import type { FollowEvent, World } from "../world.ts";
import { newDocument } from "./staff-documents.ts";

/** The customer's own rule, else the agency's, which asks in its own currency only. */
export function ruleFor({ facts }: World, { rule }: TopUp, currency: string): TopUpRule | null {
  const { topUp } = facts.settings;
  if (rule || !topUp || currency !== "USD") return rule;
  return { ...topUp, target: null, action: "request", monthlyCap: null };
}

/** Every record tells where the balances stand. */
export function noteBalances({ books }: World, { customer, balances }: JournalRecord): void {
  for (const [currency, { unapplied = 0 }] of Object.entries(balances)) {
    noteBalance(watchedIn(books.topUps, customer, currency), unapplied);
  }
}

const isAsking = ({ books }: World, { retainer }: TopUp): boolean => {
  const known = retainer === null ? undefined : books.documents.get(retainer);
  return known !== undefined && ["Unpaid", "Partial", "Pending"].includes(statusOf(books, known));
};

export async function toppedUp(world: World, record: JournalRecord): Promise<void> {
  const { books, facts } = world;
  const { subject: id, customer, at } = record;
  const head: Head = headsOf(world.storage.mirror, "INV").find((one) => one.id === id);
  const { currency, total } = head;
  const watched = watchedIn(books.topUps, customer, currency);
  const made = { retainer: id, amount: total, isAsking: isAsking(world, watched) };
  const rule = ruleFor(world, watched, currency);
  const refusal = livingRefusal(books, customer) ?? strike(watched, rule, made);
  if (refusal !== undefined) throw new Broken(`${customer} is topped up at ${at}, but ${refusal}`);
  const terms = { isRetainer: true, tags: [], scope: [], total, tax: 0 };
  books.documents.set(id, newDocument({ id, customer, currency, ...terms }));
  facts.autoApply.set(id, null);
  issue(books, id, { today: world.today(), autoApply: "off", useCredits: "off" });
}

type Event = Parameters<FollowEvent>[1];

/** The rule's charge and its mail are told by events. */
export const followTopUps: Readonly<Record<string, FollowEvent>> = {
  "top-up.asked": (world, event) => {
    const { subject, data, at } = event;
    const document = world.books.documents.get(subject);
    const watched = watchedOf(world, event);
    const rule = ruleFor(world, watched, String(data?.currency));
    const charge = { amount: document?.total ?? 0, today: localDay(at, world.timeZone) };
    const refusal = chargeTopUp(watched, rule, charge);
    if ((refusal === undefined) === (data?.action === "charge")) return;
    throw new Broken(`${subject} is topped up by ${data?.action}, but ${refusal ?? "may charge"}`);
  },
  "retainer.low": (world, event) => {
    const refusal = tellLow(watchedOf(world, event), world.facts.settings.lowBalance);
    if (refusal !== undefined) throw new Broken(`${event.subject} is low, but ${refusal}`);
  },
};

function watchedOf({ books }: World, { customer, data }: Event): TopUp {
  return watchedIn(books.topUps, customer, String(data?.currency));
}

/** In the end every rule that never asked has had no reason to. */
export function neverAsked(world: World): string[] {
  const { customers } = world.facts;
  const isExcused = (key: string) =>
    customers.some(({ id, wasArchived }) => wasArchived && key.startsWith(id));
  return [...world.books.topUps].flatMap(([key, watched]) => {
    if (isExcused(key)) return [];
    const rule = ruleFor(world, watched, String(key.split(" ")[1]));
    const hasDipped = rule && watched.peak > rule.threshold && watched.balance <= rule.threshold;
    return hasDipped && watched.retainer === null ? [`${key} was never topped up`] : [];
  });
}

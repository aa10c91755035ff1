import { Broken } from "../broken.ts";
import { type Head, headsOf } from "../checks/heads.ts";
import type { JournalRecord } from "../checks/journal.ts";
import { issue, statusOf } from "../model/books.ts";
import { livingRefusal } from "../model/customers.ts";
import { localDay } from "../model/days.ts";
import { planTry } from "../model/duties.ts";
import {
  chargeTopUp,
  missedDip,
  noteBalance,
  noteDip,
  strike,
  type TopUp,
  type TopUpRule,
  tellLow,
  watchedIn,
} from "../model/top-ups.ts";
import type { FollowEvent, World } from "../world.ts";
import { newDocument } from "./staff-documents.ts";

/** What the agency's settings are in. */
const home = "USD";

/** The customer's own rule, else the agency's, which asks in its own currency only. */
export function ruleFor({ facts }: World, { rule }: TopUp, currency: string): TopUpRule | null {
  const { topUp } = facts.settings;
  if (rule || !topUp || currency !== home) return rule;
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
    if ((refusal === undefined) !== (data?.action === "charge")) {
      const why = refusal ?? "it may charge";
      throw new Broken(`${subject} is topped up by ${data?.action}, but ${why}`);
    }
    if (refusal === undefined) planTry(world.facts.plans, subject, { at, attempt: 0 });
  },
  "retainer.low": (world, event) => {
    const refusal = tellLow(watchedOf(world, event), world.facts.settings.lowBalance);
    if (refusal !== undefined) throw new Broken(`${event.subject} is low, but ${refusal}`);
  },
};

function watchedOf({ books }: World, { customer, data }: Event): TopUp {
  return watchedIn(books.topUps, customer, String(data?.currency));
}

/** After each step: what holds a dip back, as long as it lasts. */
export function noteDips(world: World): void {
  for (const [key, watched] of world.books.topUps) {
    const [customer = "", currency = ""] = key.split(" ");
    const asks = isAsking(world, watched) ? `${watched.retainer} still asks` : undefined;
    const reason = asks ?? livingRefusal(world.books, customer) ?? null;
    noteDip(watched, ruleFor(world, watched, currency), reason);
  }
}

/** Every dip below a rule's threshold has led to the next retainer, and was told where it should be. */
export function missedDips(world: World): string[] {
  return [...world.books.topUps].flatMap(([key, watched]) => {
    const currency = String(key.split(" ")[1]);
    const rule = ruleFor(world, watched, currency);
    const lowBalance = currency === home ? world.facts.settings.lowBalance : null;
    return missedDip(watched, rule, lowBalance).map((text) => `${key}: ${text}`);
  });
}

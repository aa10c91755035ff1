import { feeOn, zoneOf } from "../actors/by-clock.ts";
import { missedDips, noteDips } from "../actors/by-top-up.ts";
import { Broken } from "../broken.ts";
import { statusOf, takesMoney } from "../model/books.ts";
import { instantOf, plusDays } from "../model/days.ts";
import {
  type Asked,
  awaited,
  endPlan,
  missedDuties,
  missedTries,
  noteAsking,
  planDuties,
} from "../model/duties.ts";
import { isAutoBilled } from "../model/schedules.ts";
import type { World } from "../world.ts";
import { missedCycles } from "./aheads.ts";
import { type Head, headOf } from "./heads.ts";
import { missingProblems } from "./schedules.ts";

/** After each step: what ends a duty, or may end it before the clock comes to it. */
export function noteDuties(world: World): void {
  for (const asked of askedIn(world)) noteAsking(world.facts.askings, asked);
  notePlans(world);
  noteDips(world);
}

function askedIn({ books, storage, agency }: World): Asked[] {
  return [...books.documents.values()].flatMap((document) => {
    const { id, isRetainer } = document;
    const stored = storage.mirror.get(`A#${agency}#INV#${id}|INV`);
    if (!stored) return [];
    const { dueDate } = stored.row as Head;
    return [{ id, isRetainer, dueDate, isAsking: takesMoney(books, document) }];
  });
}

function notePlans(world: World): void {
  const { facts, clock } = world;
  for (const [cause, plan] of facts.plans.open) {
    const isOver = isCycleOver(world, cause);
    if (isOver) endPlan(facts.plans, cause, clock.now());
    else if (plan.at <= clock.now() && (plan.reason ?? awaited) === awaited) {
      plan.reason = reasonAgainst(world, cause) ?? plan.reason;
    }
  }
}

/** Another cycle takes the place of what is still tried; one that stands still is tried no more. */
function isCycleOver({ books }: World, cause: string): boolean {
  const [id = "", used] = cause.split(" ");
  const ahead = books.aheads.get(id);
  if (!ahead) return false;
  const isOver = books.parties.get(ahead.customer)?.over.has(id) === true;
  return isOver || ["Paused", "Canceled"].includes(ahead.state) || String(ahead.used) !== used;
}

function reasonAgainst({ books, storage, agency }: World, cause: string): string | null {
  const document = books.documents.get(cause);
  if (!document) return null;
  if (books.parties.get(document.customer)?.over.has(cause)) return "nobody is left to charge";
  const stored: Head = storage.mirror.get(`A#${agency}#INV#${cause}|INV`);
  const schedule = books.schedules.get(headOf(stored).recurring);
  if (schedule && !isAutoBilled(schedule)) return "somebody switched it off";
  if (takesMoney(books, document)) return null;
  return statusOf(books, document) === "Pending" ? awaited : "it asks for nothing";
}

/** Nothing is on its way, and the clock has done all that it knows of. */
function isQuiet({ bus, storage }: World): boolean {
  return bus.waiting.length + storage.outbox.length === 0;
}

function hasCaughtUp({ storage, clock }: World): boolean {
  const due = [...storage.mirror.values()].filter(({ sk }) => String(sk).startsWith("DUE#"));
  return due.every(({ at, failures }) => String(at) > clock.now() && !failures);
}

/** Once the clock has caught up, nothing that it owes is left undone. */
export function requireCaughtUp(world: World): void {
  if (!isQuiet(world)) return;
  // What has no due item any more let the clock pass without a word.
  notePlans(world);
  const { facts, clock } = world;
  const { reminders, lateFee } = facts.settings;
  const known = { rules: { reminders, lateFee }, zone: zoneOf(world), now: clock.now() };
  const asked = askedIn(world);
  const problems = hasCaughtUp(world) ? [...undone(world), ...unfollowed(world, asked)] : [];
  if (problems.length > 0) throw new Broken(problems.join("\n"));
  for (const one of asked) planDuties(facts.askings, one, known);
}

function unfollowed(world: World, asked: readonly Asked[]): string[] {
  const { facts, clock } = world;
  const { reminders, lateFee } = facts.settings;
  const { open, ended } = facts.plans;
  const given = { zone: zoneOf(world), now: clock.now(), told: facts.told };
  return asked.flatMap((one) => {
    const isCharged = (since: string) => open.has(one.id) || (ended.get(one.id) ?? "") >= since;
    const rules = { reminders, lateFee: feeOn(world, one.id) > 0 ? lateFee : null };
    return missedDuties(facts.askings, one, { ...given, rules, isCharged });
  });
}

function undone(world: World): string[] {
  const { books, storage, clock, facts } = world;
  const zone = zoneOf(world);
  const now = clock.now();
  return [
    ...missedTries(facts.plans, now, zone),
    ...missingProblems(books, now, zone),
    ...missedCycles({ books, mirror: storage.mirror }, now, zone),
    ...missedDips(world),
    ...unsentProblems(world),
    ...unexpiredProblems(world),
    ...unexpiredQuotes(world),
    ...unstartedProblems(world),
  ];
}

/** What was planned for a day is sent on it. */
function unsentProblems(world: World): string[] {
  const { timeZone, sendHour } = zoneOf(world);
  return [...world.books.documents.values()].flatMap(({ id, plannedFor, state }) => {
    if (plannedFor === null || state === "Canceled") return [];
    const at = instantOf(plannedFor, sendHour, timeZone);
    return at <= world.clock.now() ? [`${id} was never sent on ${plannedFor}`] : [];
  });
}

/** What is left of a credit is taken back when its last day is over. */
function unexpiredProblems({ books, timeZone, clock }: World): string[] {
  return [...books.credits.values()].flatMap(({ id, state, balance, expiresOn }) => {
    if (expiresOn === null || state !== "Issued" || balance === 0) return [];
    const end = instantOf(plusDays(expiresOn, 1), 0, timeZone);
    return end <= clock.now() ? [`${id} did not expire after ${expiresOn}`] : [];
  });
}

/** Who sent a quote is told when nobody answered it in time. */
function unexpiredQuotes({ facts, timeZone, clock }: World): string[] {
  return [...facts.quotes.values()].flatMap(({ id, status, validUntil }) => {
    const isTold = facts.told.has(`quote.expired ${id} `);
    const isOver = instantOf(plusDays(validUntil, 1), 0, timeZone) <= clock.now();
    return status === "Sent" && isOver && !isTold
      ? [`${id} did not expire after ${validUntil}`]
      : [];
  });
}

/** A pre-payment begins with its first payment. */
function unstartedProblems({ books, facts }: World): string[] {
  return [...facts.firstPayments].flatMap(([id, payment]) => {
    const isPending = books.aheads.get(id)?.state === "Pending";
    const isPaid = books.payments.get(payment)?.state === "Received";
    return isPending && isPaid ? [`${id} never started with ${payment}`] : [];
  });
}

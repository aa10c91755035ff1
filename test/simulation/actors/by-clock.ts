import { Broken } from "../broken.ts";
import { type Head, headsOf } from "../checks/heads.ts";
import type { JournalRecord } from "../checks/journal.ts";
import { policyFor } from "../facts.ts";
import { nextCycle, pauseAhead, startedAhead, takeCycle } from "../model/aheads.ts";
import { creditIn, type Document, documentIn, issue, needOf, takesMoney } from "../model/books.ts";
import { voidCredit } from "../model/changes.ts";
import { againAt, failTry, tryCharge } from "../model/charges.ts";
import { chargeRefusal, livingRefusal } from "../model/customers.ts";
import { instantOf, localDay, plusDays } from "../model/days.ts";
import { endPlan, planTry } from "../model/duties.ts";
import { awaitMoney } from "../model/pending.ts";
import {
  isAutoBilled,
  nextDay,
  occur,
  pause,
  type Schedule,
  type Zone,
} from "../model/schedules.ts";
import type { Follow, FollowEvent, World } from "../world.ts";
import { followTopUps, toppedUp } from "./by-top-up.ts";
import { meantFor } from "./pages.ts";
import { newDocument } from "./staff-documents.ts";
import { arrivalOf, followStripe } from "./stripe.ts";
import { followConnection, mayCharge, requireChargeable } from "./stripe-connection.ts";

/** What the clock did is followed by the model, which knows what it may do and when. */
export const followClock: Readonly<Record<string, Follow>> = {
  "invoice.issued": issued,
  "credit.expired": expired,
  "payment.pending": pending,
  "payment.failed": failed,
  "invoice.late-fee": lateFee,
};

export const zoneOf = ({ timeZone, facts }: World): Zone => ({
  timeZone,
  sendHour: facts.settings.sendHour,
});

const headOf = ({ storage }: World, sk: string, id: string): Head =>
  headsOf(storage.mirror, sk).find((one) => one.id === id);

async function issued(world: World, record: JournalRecord): Promise<void> {
  if (record.actor.system === "top-up") return toppedUp(world, record);
  const { subject: id, at } = record;
  const { recurring, date } = headOf(world, "INV", id);
  const schedule = world.books.schedules.get(recurring);
  if (schedule) return occurred(world, schedule, { day: date, record });
  const document = documentIn(world.books, id);
  requirePlanned(world, document, at);
  issue(world.books, id, { ...policyFor(world, id, document.customer), today: dayAt(world, at) });
  world.facts.told.add(`invoice.sent ${id} planned`);
}

function occurred(
  world: World,
  schedule: Schedule,
  { day, record }: { readonly day: string; readonly record: JournalRecord },
): void {
  const { books, facts } = world;
  const { subject: id, at } = record;
  const made = { day, invoice: id, at };
  const archived = livingRefusal(books, schedule.customer);
  const refusal = archived ?? occur(schedule, made, zoneOf(world));
  if (refusal !== undefined) throw new Broken(`${schedule.id} made ${id}, but ${refusal}`);
  const { customer, currency, isRetainer, tags, scope, total, tax } = schedule;
  const document = newDocument({ id, customer, currency, isRetainer, tags, scope, total, tax });
  books.documents.set(id, document);
  facts.autoApply.set(id, facts.autoApply.get(schedule.id) ?? null);
  issue(books, id, { ...policyFor(world, id, customer), today: dayAt(world, at) });
  planCharge(world, schedule, made);
}

/** What the money that waited has paid already is not charged. */
function planCharge(
  world: World,
  schedule: Schedule,
  { day, invoice, at }: { readonly day: string; readonly invoice: string; readonly at: string },
): void {
  const { books, facts } = world;
  const { timeZone, sendHour } = zoneOf(world);
  const due = plusDays(day, schedule.dueDays ?? facts.settings.dueDays);
  if (headOf(world, "INV", invoice).dueDate !== due) throw new Broken(`${invoice}: not due ${due}`);
  if (!isAutoBilled(schedule) || !takesMoney(books, documentIn(books, invoice))) return;
  const isAtOnce = schedule.autoBillOn === "issue";
  planTry(facts.plans, invoice, {
    at: isAtOnce ? at : instantOf(due, sendHour, timeZone),
    attempt: 0,
  });
}

const dayAt = ({ timeZone }: World, at: string): string => localDay(at, timeZone);

function requirePlanned(world: World, { id, plannedFor }: Document, at: string): void {
  const { timeZone, sendHour } = zoneOf(world);
  if (plannedFor !== null && instantOf(plannedFor, sendHour, timeZone) <= at) return;
  throw new Broken(`nobody expects ${id} from the clock at ${at}`);
}

/** Once, for those that are late with an invoice: a fixed amount, or a share of what is left. */
async function lateFee(world: World, record: JournalRecord): Promise<void> {
  const { books, facts } = world;
  const { timeZone, sendHour } = zoneOf(world);
  const { subject: id, at } = record;
  const document = documentIn(books, id);
  const rule = facts.settings.lateFee;
  const day = plusDays(headOf(world, "INV", id).dueDate, rule?.days ?? 0);
  const isLate = at >= instantOf(day, sendHour, timeZone);
  if (!rule || !isLate || document.isRetainer || !takesMoney(books, document)) {
    throw new Broken(`${id} bears a late fee at ${at}`);
  }
  once(world, record);
  document.total += feeOn(world, id);
}

/** A share of a few cents may be nothing. */
export function feeOn({ books, facts }: World, invoice: string): number {
  const rule = facts.settings.lateFee;
  if (rule?.type !== "percent") return 100 * (rule?.value ?? 0);
  return Math.floor((needOf(books, documentIn(books, invoice)) * rule.value * 10 + 500) / 1_000);
}

async function expired(world: World, { subject, at }: JournalRecord): Promise<void> {
  const { expiresOn, state } = creditIn(world.books, subject);
  const isOver = expiresOn !== null && expiresOn < localDay(at, world.timeZone);
  if (!isOver || state !== "Issued") throw new Broken(`${subject} expired at ${at}`);
  voidCredit(world.books, subject);
}

/** Pending is also what a bank debit on a page is, which Stripe tells of. */
async function pending(world: World, record: JournalRecord): Promise<void> {
  if (record.actor.system !== "clock") return followStripe["payment.pending"]?.(world, record);
  const { subject: id, at } = record;
  const intent = headOf(world, "INTENT", id);
  const { attempt } = intent.charging;
  requireChargeable(world, intent.method);
  const cause = intent.prepayment
    ? cycleOf(world, { ahead: intent.prepayment, attempt, at })
    : documentOf(world, intent);
  const ahead = world.books.aheads.get(intent.prepayment);
  const documents = ahead ? [] : [documentIn(world.books, cause)];
  const amount = ahead ? ahead.amount : needOf(world.books, documentIn(world.books, cause));
  const charged = ahead ?? documentIn(world.books, cause);
  const refusal =
    chargeRefusal(world.books, charged.customer, charged.id) ??
    tryCharge(world.books.charges, { cause, payment: id, attempt, at }, zoneOf(world));
  if (refusal !== undefined) throw new Broken(`the clock charges ${id}, but ${refusal}`);
  endPlan(world.facts.plans, cause, at);
  if (intent.amount !== amount) throw new Broken(`${id} charges ${intent.amount}, not ${amount}`);
  const payer = ahead ? { customer: ahead.customer, currency: ahead.currency } : {};
  meantFor(world, id, { documents, amount, ...payer });
  awaitMoney(world.books, arrivalOf(world, id, amount));
}

/** What is charged asks for money, and its schedule is one that is charged. */
function documentOf({ books }: World, { id, for: shares, charging }: Head): string {
  const [{ invoice }] = shares;
  const schedule = books.schedules.get(charging.recurring);
  const isWanted = schedule ? isAutoBilled(schedule) : true;
  if (takesMoney(books, documentIn(books, invoice)) && isWanted) return invoice;
  throw new Broken(`${id} charges for ${invoice}, which asks for nothing`);
}

function cycleOf(
  world: World,
  {
    ahead: id,
    attempt,
    at,
  }: { readonly ahead: string; readonly attempt: number; readonly at: string },
): string {
  const ahead = world.books.aheads.get(id);
  const refusal = !ahead || attempt > 0 ? undefined : takeCycle(ahead, at, zoneOf(world));
  if (!ahead || refusal !== undefined) throw new Broken(`${id} is charged, but ${refusal}`);
  if (attempt > 0 && ["Paused", "Canceled"].includes(ahead.state)) {
    throw new Broken(`${id} is ${ahead.state} and charged`);
  }
  return `${id} ${ahead.used}`;
}

async function failed(world: World, record: JournalRecord): Promise<void> {
  await followStripe["payment.failed"]?.(world, record);
  const { books, facts } = world;
  failTry(books.charges, record.subject, record.at, String(record.data?.failure));
  for (const [cause, tries] of books.charges) {
    const again = tries.at(-1)?.payment === record.subject ? againAt(tries, zoneOf(world)) : null;
    if (again !== null) planTry(facts.plans, cause, { at: again, attempt: tries.length });
  }
}

/** What repeats stands still when its day has come, and its customer is archived or nothing can be charged. */
function mayStop(
  world: World,
  one: { customer: string; state: string; next: string | null; at: string; code: string },
): boolean {
  const { timeZone, sendHour } = zoneOf(world);
  const { next, at, code, customer, state } = one;
  const hasCome = next !== null && instantOf(next, sendHour, timeZone) <= at;
  if (state !== "Active" || !hasCome) return false;
  if (code === "stripe.not-connected") return !mayCharge(world);
  return code === "customer.archived" && livingRefusal(world.books, customer) !== undefined;
}

/** Events that move no money, and yet decide what the clock does next. */
export const followEvents: Readonly<Record<string, FollowEvent>> = {
  "prepayment.started": (world, { subject }) => {
    const ahead = world.books.aheads.get(subject);
    const first = world.facts.firstPayments.get(subject);
    const payment = first === undefined ? undefined : world.books.payments.get(first);
    if (ahead?.state !== "Pending" || payment?.state !== "Received") {
      throw new Broken(`${subject} started by itself`);
    }
    startedAhead(ahead, localDay(headOf(world, "PRE", subject).startOn, "UTC"));
  },
  "prepayment.not-charged": (world, { subject, customer, at, data }) => {
    const ahead = world.books.aheads.get(subject);
    const isRetry = headOf(world, "PRE", subject).position === ahead?.position;
    const refusal = !ahead || isRetry ? undefined : takeCycle(ahead, at, zoneOf(world));
    if (refusal !== undefined) throw new Broken(`${subject} is not charged: ${refusal}`);
    return impossible(world, { cause: `${subject} ${ahead?.used}`, customer, at, data });
  },
  "invoice.not-charged": (world, { subject, customer, at, data }) =>
    impossible(world, { cause: subject, customer, at, data }),
  "recurring.paused": (world, { subject, data, at }) => {
    const schedule = world.books.schedules.get(subject);
    const next = schedule ? nextDay(schedule) : null;
    const code = String(data?.code);
    const isOwn = code === "customer.archived";
    if (schedule && isOwn && mayStop(world, { ...schedule, next, at, code })) {
      pause(schedule);
      return;
    }
    throw new Broken(`${subject} can't go on: ${JSON.stringify(data)}`);
  },
  "prepayment.paused": (world, { subject, data, at }) => {
    const ahead = world.books.aheads.get(subject);
    const next = ahead ? nextCycle(ahead) : null;
    if (ahead && mayStop(world, { ...ahead, next, at, code: String(data?.code) })) {
      pauseAhead(ahead);
      return;
    }
    throw new Broken(`${subject} can't go on: ${JSON.stringify(data)}`);
  },
  "invoice.sent": (world, { subject, at }) => {
    const document = documentIn(world.books, subject);
    const isIssued = world.facts.told.delete(`invoice.sent ${subject} planned`);
    if (document.plannedFor !== null) {
      requirePlanned(world, document, at);
      document.plannedFor = null;
      return;
    }
    if (!isIssued) once(world, { type: "invoice.sent", subject, at, data: {} });
  },
  ...followTopUps,
  ...followConnection,
  "invoice.overdue": once,
  "invoice.reminded": (world, event) => {
    const { subject, at, data } = event;
    const plan = world.facts.plans.open.get(subject);
    const document = world.books.documents.get(subject);
    // Nobody is left to charge once the last person went.
    const isOver = world.books.parties.get(document?.customer ?? "")?.over.has(subject);
    const isAhead = plan?.attempt === 0 && plan.at > at && !isOver;
    if (isAhead && String(data?.reminder).startsWith("reminder-before")) {
      throw new Broken(`${subject} is reminded of what is charged by itself`);
    }
    once(world, event);
  },
  "quote.expired": (world, event) => {
    const quote = world.facts.quotes.get(event.subject);
    if (!quote || quote.validUntil >= localDay(event.at, world.timeZone)) {
      throw new Broken(`${event.subject} expired at ${event.at}`);
    }
    once(world, event);
  },
};

/** The reasons that are told when a charge can't even be tried; each must be true. */
const reasons: Readonly<Record<string, (world: World, customer: string) => Promise<boolean>>> = {
  "payment-method.not-found": async (world, id) => {
    const { account } = world.facts;
    const known = headOf(world, "CUS", id).stripe;
    if (known?.account !== account) return true;
    const { invoice_settings: chosen } = await world.stripe.look(
      account,
      `/v1/customers/${known.customer}`,
    );
    return !chosen?.default_payment_method;
  },
  "stripe.not-connected": async (world) => !mayCharge(world),
  "customer.archived": async ({ books }, id) => livingRefusal(books, id) !== undefined,
  // Stripe's own limits, which the model does not count.
  "payment.amount-not-chargeable": async () => true,
};

async function impossible(
  world: World,
  told: Pick<JournalRecord, "customer" | "at"> & {
    readonly cause: string;
    readonly data: JournalRecord["data"] | undefined;
  },
): Promise<void> {
  const { cause, customer, at, data } = told;
  const isTrue = await reasons[String(data?.code)]?.(world, customer);
  if (!isTrue) throw new Broken(`${cause} is not charged: ${JSON.stringify(data)}`);
  const isPlanned = endPlan(world.facts.plans, cause, at);
  const isInvoice = world.books.documents.has(cause);
  if (isInvoice && !isPlanned) throw new Broken(`${cause} was not to be charged at ${at}`);
}

type Told = Pick<Parameters<FollowEvent>[1], "type" | "subject" | "at" | "data">;

/** Told once, whatever the clock does. */
function once({ facts }: World, { type, subject, data }: Told): void {
  const told = `${type} ${subject} ${data?.reminder ?? ""}`;
  if (facts.told.has(told)) throw new Broken(`${told} a second time`);
  facts.told.add(told);
}

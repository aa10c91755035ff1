import type { Envelope } from "../../../events/envelope.ts";
import { Broken } from "../broken.ts";
import { staffEmail } from "../facts.ts";
import { takesMoney } from "../model/books.ts";
import type { World } from "../world.ts";
import { headOf } from "./heads.ts";

/** Who is to be mailed, as the world stands when the consumer runs; nobody where its reason is gone. */
type Readers = (world: World, envelope: Envelope) => readonly string[];

const nobody: readonly string[] = [];
const staff: Readers = () => [staffEmail];

/** Everybody at the customer, each with a mail of their own; else the firm itself. */
const contacts: Readers = ({ facts, storage, agency }, { customer }) => {
  const known = facts.customers.find(({ id }) => id === customer);
  const stored = storage.mirror.get(`A#${agency}#CUS#${customer}|CUS`);
  if (!known || !stored) return nobody;
  const emails = known.contacts.map(({ email }) => email);
  if (emails.length > 0) return emails;
  // The firm's address may have been the person's who was erased.
  const isFirmThere = !known.hasErased || Boolean(headOf(stored).billTo.email);
  return isFirmThere ? [known.email] : nobody;
};

const when =
  (isMeant: (world: World, envelope: Envelope) => boolean, readers: Readers): Readers =>
  (world, envelope) =>
    isMeant(world, envelope) ? readers(world, envelope) : nobody;

/** A reminder of what was paid meanwhile would be wrong. */
const stillAsks = ({ books }: World, { subject }: Envelope): boolean => {
  const document = books.documents.get(subject);
  return document !== undefined && takesMoney(books, document);
};

const isOut = ({ books }: World, { subject }: Envelope): boolean =>
  books.documents.get(subject)?.state === "Open";

/** Also when its day is over: whoever sends it then means it. */
const isStillAsked = ({ facts }: World, { subject }: Envelope): boolean =>
  facts.quotes.get(subject)?.status === "Sent";

/** Of money that came through Stripe, and whenever staff asked for it. */
function isReceiptWanted({ books }: World, { subject, data }: Envelope): boolean {
  const payment = books.payments.get(subject);
  const isWanted = payment?.isManual === false || data.notify === true;
  return isWanted && payment?.state !== "Void";
}

function isRefundMade({ books }: World, { subject, data }: Envelope): boolean {
  const refund = books.payments.get(subject)?.refunds[String(data.refund)];
  return refund !== undefined && refund.state !== "Failed" && refund.amount > 0;
}

const hasFailed = ({ books }: World, { subject }: Envelope): boolean =>
  books.payments.get(subject)?.state === "Failed";

/** Whoever made a charge by hand sees what became of it. */
const wasUnattended = ({ books }: World, { subject }: Envelope): boolean =>
  [...books.charges.values()].flat().some(({ payment }) => payment === subject);

const isForced = (_world: World, { data }: Envelope): boolean => Boolean(data.code);
/** The mail that asks for the next retainer says it. */
const isNotToppedUp = (_world: World, { data }: Envelope): boolean => data.isToppedUp !== true;
/** Who ended it knows. */
const wasTakenAway = (_world: World, { actor }: Envelope): boolean =>
  !(actor.contact && !actor.staff);

/** Every mail that an event causes, by the consumer that writes it. */
const mailers: Readonly<Record<string, Readonly<Record<string, Readers>>>> = {
  "invoice-sent-mail": { "invoice.sent": when(isOut, contacts) },
  "quote-sent-mail": { "quote.sent": when(isStillAsked, contacts) },
  "payment-mail-receipt": { "payment.received": when(isReceiptWanted, contacts) },
  "payment-refunded-mail": { "payment.refunded": when(isRefundMade, contacts) },
  "payment-failed-mail": { "payment.failed": when(hasFailed, contacts) },
  "invoice-reminded-mail": { "invoice.reminded": when(stillAsks, contacts) },
  "invoice-late-fee-mail": { "invoice.late-fee": when(stillAsks, contacts) },
  "invoice-not-charged-mail": { "invoice.not-charged": when(stillAsks, contacts) },
  "payment-method-expiring-mail": { "payment-method.expiring": contacts },
  "retainer-low-mail": { "retainer.low": when(isNotToppedUp, contacts) },
  "prepayment-ended-mail": {
    "prepayment.completed": contacts,
    "prepayment.canceled": when(wasTakenAway, contacts),
    "prepayment.paused": when(isForced, contacts),
  },
  "alert-staff": {
    "payment.failed": when(wasUnattended, staff),
    "invoice.not-charged": staff,
    "prepayment.not-charged": staff,
    "recurring.paused": when(isForced, staff),
    "prepayment.paused": when(isForced, staff),
    "retainer.low": when(isNotToppedUp, staff),
    "top-up.asked": staff,
    "payment.unexpected": staff,
    "payment.disputed": staff,
  },
};

/** One consumer's work on one event. */
export interface Mailing {
  /** Whom any of its runs may have mailed. */
  readonly may: Set<string>;
  /** Whom the last run had to mail. */
  readers: readonly string[];
  isDone: boolean;
}

interface Work {
  readonly consumer: { readonly name: string };
  readonly envelope: Envelope;
}

export const causeOf = ({ consumer, envelope }: Work): string => `${consumer.name} ${envelope.id}`;

/** What a run means is decided by what it finds. */
export function expectMails(world: World, work: Work): void {
  const { consumer, envelope } = work;
  const readersOf = mailers[consumer.name]?.[envelope.type];
  if (!readersOf) return;
  const readers = readersOf(world, envelope);
  const known = world.facts.mailings.get(causeOf(work));
  const mailing = known ?? { may: new Set<string>(), readers, isDone: false };
  for (const reader of readers) mailing.may.add(reader);
  mailing.readers = readers;
  world.facts.mailings.set(causeOf(work), mailing);
}

/** After a run that went through everybody has the mail, once. */
export function requireMails(world: World, work: Work): void {
  const cause = causeOf(work);
  const mailing = world.facts.mailings.get(cause);
  if (!mailing) return;
  mailing.isDone = true;
  const { type, subject } = work.envelope;
  const sent = world.mails.filter((mail) => mail.cause === cause).map(({ to }) => to);
  const missing = mailing.readers.filter((reader) => !sent.includes(reader));
  const surplus = sent.filter((reader) => !mailing.may.has(reader));
  const problems = [
    ...missing.map((reader) => `${reader} got no mail about ${type} of ${subject}`),
    ...surplus.map((reader) => `${reader} got a mail about ${type} of ${subject}`),
  ];
  if (problems.length > 0) throw new Broken(`${cause}: ${problems.join("\n")}`);
}

/** Every mail once per cause; only a crash in the instant of sending may repeat one. */
export function mailProblems(world: World): string[] {
  const { mails, machine, storage, facts } = world;
  const times = new Map<string, number>();
  for (const { id } of mails) times.set(id, (times.get(id) ?? 0) + 1);
  const twice = [...times].filter(([id, count]) => count > 1 && !machine.doubtful.has(id));
  const marks = [...storage.mirror.values()].filter(({ pk }) => String(pk).includes("#MAIL#"));
  const unsettled = marks.filter(({ state }) => state !== "sent" && state !== "nobody");
  // A try for somebody who isn't meant any more, the firm before it had contacts, leaves its mark.
  const left = unsettled.filter(
    ({ pk }) => facts.mailings.get(String(pk).split("#MAIL#")[1] ?? "")?.isDone,
  );
  const open = unsettled.filter((mark) => !left.includes(mark));
  const sent = marks.filter(({ state }) => state === "sent");
  const isMarked = times.size >= sent.length && times.size <= sent.length + left.length;
  const strange = mails.filter(({ cause }) => !facts.mailings.has(cause));
  return [
    ...twice.map(([id, count]) => `mail ${id} was sent ${count} times`),
    ...open.map(({ pk, state }) => `${String(pk)} is still ${String(state)}`),
    ...(isMarked ? [] : [`${times.size} mails, ${sent.length} marks`]),
    ...strange.map(({ cause, to }) => `${to} got a mail by ${cause}, which writes none`),
    ...unmailed(world),
  ];
}

/** Each event that has to be mailed came to the one who mails it. */
const unmailed = ({ bus, facts }: World): string[] =>
  bus.published.flatMap((envelope) =>
    Object.entries(mailers).flatMap(([name, types]) => {
      const work = { consumer: { name }, envelope };
      const isDone = facts.mailings.get(causeOf(work))?.isDone;
      const { id, type, subject } = envelope;
      return types[type] && !isDone ? [`${name} never saw ${type} of ${subject} (${id})`] : [];
    }),
  );

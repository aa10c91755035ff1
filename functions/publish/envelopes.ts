import { type EventRecord, eventRecordSchema } from "../../domain/shared/event.ts";
import {
  type JournalRecord,
  journalRecordSchema,
  publishedBalances,
} from "../../domain/shared/journal.ts";
import { originSchema } from "../../domain/shared/origin.ts";
import { idOf } from "../../domain/shared/schema.ts";
import type { Item } from "../../domain/shared/table.store.ts";
import type { Envelope } from "../../events/envelope.ts";

const stripeEventPrefix = "X#STRIPE-EVENT#";

/** The items that events are made of: journal records, event records, stored Stripe events. */
export function isOutbox({ pk, sk }: Item): boolean {
  const [partition, place] = [String(pk), String(sk)];
  if (partition.startsWith(stripeEventPrefix)) return true;
  return partition.startsWith("A#") && (place.startsWith("J#") || place.startsWith("E#"));
}

/** One event for the record itself and one for each that it caused; the same on every delivery. */
export function envelopesOf(item: Item): Envelope[] {
  if (String(item.pk).startsWith(stripeEventPrefix)) return [stripeEnvelope(item)];
  if (String(item.sk).startsWith("J#")) return journalEnvelopes(item);
  const record = eventRecordSchema.parse(item);
  return fan(item, record, { ...record.data });
}

function journalEnvelopes(item: Item): Envelope[] {
  const record = journalRecordSchema.parse(item);
  return fan(item, record, {
    ...record.data,
    journal: record.id,
    seq: record.seq,
    memo: record.memo,
    balances: publishedBalances(record.balances),
    subjects: subjectsOf(record, record.data?.touched),
  });
}

/** Every record whose figures or status this may have moved. */
function subjectsOf(record: JournalRecord, touched: unknown): string[] {
  const named = Array.isArray(touched) ? touched.map(String) : [];
  const moved = record.postings.map(({ subject }) => subject);
  const caused = record.also.map(({ subject }) => subject);
  return [...new Set([record.subject, ...moved, ...caused, ...named])];
}

function fan(
  item: Item,
  record: Pick<EventRecord, "type" | "subject" | "also" | "actor" | "at" | "customer"> & {
    readonly id: string;
  },
  data: Record<string, unknown>,
): Envelope[] {
  const agency = idOf("agency").parse(item.agency);
  const { id, type, subject, actor, at, customer } = record;
  const origin = item.origin === undefined ? {} : { origin: originSchema.parse(item.origin) };
  const shared = { agency, actor, at, data, ...origin, ...(customer ? { customer } : {}) };
  return [
    { id, type, subject, ...shared },
    ...record.also.map((also, index) => ({ id: `${id}.${index + 1}`, ...also, ...shared })),
  ];
}

/** It belongs to no agency yet: the consumer finds the agency by the account that Stripe names. */
function stripeEnvelope(item: Item): Envelope {
  const subject = String(item.pk).slice(stripeEventPrefix.length);
  const at = String(item.receivedAt ?? item.at ?? item.createdAt ?? "");
  return {
    id: subject,
    type: "stripe.event-received",
    subject,
    actor: { system: "stripe" },
    at,
    data: {},
  };
}

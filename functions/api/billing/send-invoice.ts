import { saveInvoice } from "../../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../../domain/billing/invoice.ts";
import { dayIn, instantAt } from "../../../domain/shared/calendar.ts";
import { cancelDue, planDue } from "../../../domain/shared/due.store.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, type Desk, type Outcome, operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requireReachable } from "../../mail/reachable.ts";
import { issueDraft } from "./issue-invoice.ts";
import { invoiceReply, requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

export type Mail = {
  readonly email: string | null;
  readonly subject: string | null;
  readonly body: string | null;
};

/** Issues a draft, lets the waiting money pay it, and mails what is left; or plans all that for a day. */
export const sendInvoice = operation(billingRoutes.sendInvoice, async (call) => {
  const document = await requireDocument(call);
  const { email = null, subject = null, body = null, date } = call.body();
  const { settings } = await call.agency();
  call.requireVersion(document.invoice);
  const { status } = document.invoice;
  if (status === "Canceled" || status === "Refunded") {
    throw new Refused(refuse("invoice.not-open", `The invoice is ${status}.`));
  }
  await requireReachable(call.tenant, email);
  const mail = { email, subject, body };
  if (date && date > dayIn(call.now, settings.timeZone)) {
    return schedule(call, document.invoice, { mail, date });
  }
  const sent = status === "Draft" ? await issueDraft(call, document, true) : again(call, document);
  return {
    ...(await invoiceReply(call, sent.document, 202)),
    writes: [
      ...sent.writes,
      ...(document.invoice.scheduledFor ? [cancelDue(call.tenant, ownerOf(document.invoice))] : []),
      sentEvent(call, document.invoice, mail),
    ],
  };
});

function again(call: Call, document: Awaited<ReturnType<typeof requireDocument>>) {
  const { invoice } = document;
  const next = {
    ...invoice,
    sentAt: call.now,
    scheduledFor: null,
    updatedAt: call.now,
    version: invoice.version + 1,
  };
  return { document: { ...document, invoice: next }, writes: [saveInvoice(call.tenant, next)] };
}

const ownerOf = ({ id }: Invoice) => ({ kind: "INV", id, what: "send" }) as const;

/** Mails what stands in the table when it runs; only the caller's own words ride along. */
export function sentEvent(
  call: Pick<Desk, "tenant" | "now" | "principal" | "seed">,
  invoice: Invoice,
  mail: Mail,
): GuardedWrite {
  const { id: subject, customer } = invoice;
  return eventOf(call, { type: "invoice.sent", subject, customer, data: { ...mail } });
}

async function schedule(
  call: Call,
  invoice: Invoice,
  { mail, date }: { readonly mail: Mail; readonly date: string },
): Promise<Outcome> {
  const { settings } = await call.agency();
  const next = {
    ...invoice,
    scheduledFor: date,
    updatedAt: call.now,
    version: invoice.version + 1,
  };
  const dueAt = instantAt(date, settings.sendHour, settings.timeZone);
  const { id: subject, customer } = invoice;
  return {
    status: 202,
    body: { scheduledFor: date },
    writes: [
      saveInvoice(call.tenant, next),
      planDue(call.tenant, { ...ownerOf(invoice), dueAt, data: { ...mail } }),
      eventOf(call, { type: "invoice.scheduled", subject, customer, data: { date } }),
    ],
  };
}

/** Takes a planned mail back. */
export const cancelSend = operation(billingRoutes.cancelSend, async (call) => {
  const { invoice } = await requireDocument(call);
  call.body();
  call.requireVersion(invoice);
  if (!invoice.scheduledFor) return { status: 204 };
  const { id: subject, customer } = invoice;
  const next = {
    ...invoice,
    scheduledFor: null,
    updatedAt: call.now,
    version: invoice.version + 1,
  };
  return {
    status: 204,
    writes: [
      saveInvoice(call.tenant, next),
      cancelDue(call.tenant, ownerOf(invoice)),
      eventOf(call, { type: "invoice.unscheduled", subject, customer }),
    ],
  };
});

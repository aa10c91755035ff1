import {
  type QuoteDocument,
  saveQuote,
  saveQuoteContent,
} from "../../../domain/billing/quote.store.ts";
import { type Quote, quoteStatusOn } from "../../../domain/billing/quote.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { numberFor } from "../../kit/number.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requireReachable } from "../../mail/reachable.ts";
import { requireCustomer } from "../billing/party.ts";
import { quotesRoutes } from "./routes.ts";
import { quoteReplyOf, requireQuote } from "./view.ts";

/** Numbers a draft and mails it; what is out already is mailed again. */
export const sendQuote = operation(quotesRoutes.sendQuote, async (call) => {
  const before = await requireQuote(call);
  const { email = null, subject = null, body = null } = call.body();
  const sent = await bringOut(call, before, true);
  await requireReachable(call.tenant, email);
  const { quote } = sent.document;
  const data = { email, subject, body };
  const mail = { type: "quote.sent", subject: quote.id, customer: quote.customer, data };
  return {
    ...(await quoteReplyOf(call, sent.document, 202)),
    writes: [...sent.writes, eventOf(call, mail)],
  };
});

export const markQuoteSent = operation(quotesRoutes.markQuoteSent, async (call) => {
  const before = await requireQuote(call);
  call.body();
  const sent = await bringOut(call, before, false);
  const { id, customer } = sent.document.quote;
  const event = { type: "quote.marked-sent", subject: id, customer };
  return {
    ...(await quoteReplyOf(call, sent.document)),
    writes: [...sent.writes, eventOf(call, event)],
  };
});

async function bringOut(
  call: Call,
  { quote, content }: QuoteDocument,
  mailed: boolean,
): Promise<{ readonly document: QuoteDocument; readonly writes: readonly GuardedWrite[] }> {
  call.requireVersion(quote);
  const agency = await call.agency();
  const status = requireSendable(quote, dayIn(call.now, agency.settings.timeZone));
  const customer = await requireCustomer(call, quote.customer);
  const isDraft = status === "Draft";
  const given = isDraft
    ? await numberFor(call, agency, { ...quote, kind: "quote" })
    : { number: quote.number, writes: [] };
  const next = {
    ...quote,
    status: "Sent" as const,
    number: given.number,
    sentAt: mailed ? call.now : quote.sentAt,
    updatedAt: call.now,
    version: quote.version + 1,
  };
  const parties = { billTo: customer.billTo, shipTo: customer.shipTo };
  const fresh = isDraft ? { ...content, ...parties } : content;
  return {
    document: { quote: next, content: fresh },
    writes: [
      saveQuote(call.tenant, next),
      ...(isDraft ? [saveQuoteContent(call.tenant, quote.id, fresh)] : []),
      ...given.writes,
    ],
  };
}

/** Nobody could answer a draft that goes out after its last day. */
function requireSendable(quote: Quote, today: string): "Draft" | "Sent" {
  const status = quoteStatusOn(quote, today);
  if (status !== "Draft" && status !== "Sent") {
    throw new Refused(refuse("quote.not-open", `The quote is ${status}.`));
  }
  if (quote.validUntil >= today) return status;
  const detail = `It is valid until ${quote.validUntil}: give it a later day first.`;
  throw new Refused(refuse("quote.expired", detail));
}

export const cancelQuote = operation(quotesRoutes.cancelQuote, async (call) => {
  const { quote, content } = await requireQuote(call);
  const { reason = null } = call.body();
  call.requireVersion(quote);
  if (!["Sent", "Approved"].includes(quote.status)) {
    throw new Refused(refuse("quote.not-open", `The quote is ${quote.status}.`));
  }
  const next = {
    ...quote,
    status: "Canceled" as const,
    updatedAt: call.now,
    version: quote.version + 1,
  };
  const changed = { ...content, cancelReason: reason };
  const { id: subject, customer } = quote;
  return {
    ...(await quoteReplyOf(call, { quote: next, content: changed })),
    writes: [
      saveQuote(call.tenant, next),
      saveQuoteContent(call.tenant, quote.id, changed),
      eventOf(call, { type: "quote.canceled", subject, customer }),
    ],
  };
});

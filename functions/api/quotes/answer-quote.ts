import type { InvoiceDocument } from "../../../domain/billing/invoice.store.ts";
import { type QuoteDocument, saveQuote } from "../../../domain/billing/quote.store.ts";
import {
  type ApproveQuote,
  approveQuote as approve,
  declineQuote as decline,
} from "../../../domain/billing/quote.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefuse, Refused } from "../../kit/refused.ts";
import { invoiceReply } from "../billing/required.ts";
import { convert } from "./convert.ts";
import { quotesRoutes } from "./routes.ts";
import { quoteReplyOf, requireQuote } from "./view.ts";

export interface Answered {
  readonly document: QuoteDocument;
  /** What the approved quote became, when the agency converts at once. */
  readonly invoice: InvoiceDocument | null;
  readonly writes: readonly GuardedWrite[];
}

/** Approval by a contact (in the portal) or by staff on the customer's word. */
export async function answerYes(
  call: Call,
  document: QuoteDocument,
  command: ApproveQuote,
): Promise<Answered> {
  const { settings } = await call.agency();
  const today = dayIn(call.now, settings.timeZone);
  const { quote } = orRefuse(
    approve(document.quote, command, { now: call.now, today, settings: settings.quote }),
  );
  const event = eventOf(call, {
    type: "quote.approved",
    subject: quote.id,
    customer: quote.customer,
  });
  const approved = { ...document, quote };
  if (!settings.quote.autoConvert) {
    return { document: approved, invoice: null, writes: [saveQuote(call.tenant, quote), event] };
  }
  const converted = await convert(call, approved);
  return {
    document: { ...document, quote: converted.quote },
    invoice: converted.document,
    writes: [...converted.writes, event],
  };
}

export async function answerNo(
  call: Call,
  document: QuoteDocument,
  reason: string | null,
): Promise<Answered> {
  const { settings } = await call.agency();
  const today = dayIn(call.now, settings.timeZone);
  const { quote } = orRefuse(decline(document.quote, { reason }, { now: call.now, today }));
  const { id: subject, customer } = quote;
  return {
    document: { ...document, quote },
    invoice: null,
    writes: [
      saveQuote(call.tenant, quote),
      eventOf(call, { type: "quote.declined", subject, customer }),
    ],
  };
}

export const approveQuote = operation(quotesRoutes.approveQuote, async (call) => {
  const document = await requireQuote(call);
  const { by, poNumber = null } = call.body();
  call.requireVersion(document.quote);
  const { actor } = call.principal;
  const command = { name: by, poNumber, actor, acceptedTerms: false, byStaff: true };
  const answered = await answerYes(call, document, command);
  return { ...(await quoteReplyOf(call, answered.document)), writes: answered.writes };
});

export const declineQuote = operation(quotesRoutes.declineQuote, async (call) => {
  const document = await requireQuote(call);
  const { reason = null } = call.body();
  call.requireVersion(document.quote);
  const answered = await answerNo(call, document, reason);
  return { ...(await quoteReplyOf(call, answered.document)), writes: answered.writes };
});

/** Staff may convert what is out or approved, also without the customer's click. */
export const convertQuote = operation(quotesRoutes.convertQuote, async (call) => {
  const document = await requireQuote(call);
  call.body();
  const { quote } = document;
  call.requireVersion(quote);
  if (quote.status !== "Sent" && quote.status !== "Approved") {
    throw new Refused(refuse("quote.not-open", `The quote is ${quote.status}.`));
  }
  const next = { ...quote, updatedAt: call.now, version: quote.version + 1 };
  const converted = await convert(call, { ...document, quote: next });
  const { id: subject, customer } = quote;
  const event = eventOf(call, { type: "quote.converted", subject, customer });
  return {
    ...(await invoiceReply(call, converted.document, 201)),
    writes: [...converted.writes, event],
  };
});

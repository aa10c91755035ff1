export type RefusalKind =
  | "invalid"
  | "unauthenticated"
  | "limited"
  | "absent"
  | "forbidden"
  | "conflict"
  | "stale"
  | "impossible";

/** Every expected refusal, once. A code here is part of the HTTP contract: add, never rename. */
export const refusals = {
  "agency.slug-taken": { kind: "conflict", title: "The short name is taken" },
  "contact.email-taken": {
    kind: "conflict",
    title: "The customer has a contact with this address",
  },
  "contact.not-found": { kind: "absent", title: "Contact not found" },
  "credit.insufficient": { kind: "impossible", title: "The credit has less left" },
  "credit.not-available": { kind: "conflict", title: "The credit can't be used" },
  "credit.not-draft": { kind: "conflict", title: "The credit is not a draft" },
  "credit.not-found": { kind: "absent", title: "Credit not found" },
  "currency.mismatch": { kind: "impossible", title: "The currencies differ" },
  "customer.archived": { kind: "conflict", title: "The customer is archived" },
  "customer.has-documents": { kind: "conflict", title: "The customer has issued documents" },
  "customer.in-use": { kind: "conflict", title: "Something may be on its way to the customer" },
  "customer.internal-id-taken": { kind: "conflict", title: "The internal id is taken" },
  "customer.mismatch": { kind: "impossible", title: "The records belong to different customers" },
  "customer.not-found": { kind: "absent", title: "Customer not found" },
  "document.not-found": { kind: "absent", title: "Document not found" },
  "invoice.amount-out-of-range": { kind: "impossible", title: "The amount can't be asked for" },
  "invoice.has-payments": { kind: "conflict", title: "The invoice has payments" },
  "invoice.is-retainer": { kind: "conflict", title: "A retainer asks for new money" },
  "invoice.issued": { kind: "conflict", title: "The invoice is issued" },
  "invoice.kind-fixed": {
    kind: "conflict",
    title: "An invoice can't become a retainer, or the reverse",
  },
  "invoice.not-found": { kind: "absent", title: "Invoice not found" },
  "invoice.not-open": { kind: "conflict", title: "The invoice is not open" },
  "invoice.number-race": { kind: "conflict", title: "The number went to another document" },
  "invoice.number-taken": { kind: "conflict", title: "The number is taken" },
  "invoice.over-applied": { kind: "impossible", title: "The invoice needs less" },
  "invoice.slug-taken": { kind: "conflict", title: "The slug is taken" },
  "invoice.total-negative": { kind: "impossible", title: "The total is below zero" },
  "invoice.total-too-large": { kind: "impossible", title: "The total is too large" },
  "invoice.too-many-applications": {
    kind: "conflict",
    title: "The invoice has too many applications",
  },
  "invoice.nobody-to-mail": { kind: "impossible", title: "Nobody receives the mail" },
  "application.not-found": { kind: "absent", title: "Application not found" },
  "mail.address-failed": { kind: "impossible", title: "The address gets no more mail" },
  "payment.amount-not-chargeable": { kind: "impossible", title: "Stripe can't charge this amount" },
  "payment.in-use": { kind: "conflict", title: "The payment is in use" },
  "payment.insufficient": { kind: "impossible", title: "The payment has less left" },
  "payment.mixed": { kind: "impossible", title: "A payment funds one retainer or pays invoices" },
  "payment.not-available": { kind: "conflict", title: "The payment's money can't be moved" },
  "payment.not-found": { kind: "absent", title: "Payment not found" },
  "payment.too-many-refunds": { kind: "conflict", title: "The payment has too many refunds" },
  "payment-method.not-found": { kind: "absent", title: "Payment method not found" },
  "quote.expired": { kind: "conflict", title: "The quote is no longer valid" },
  "quote.name-required": { kind: "invalid", title: "The approval needs a name" },
  "quote.not-found": { kind: "absent", title: "Quote not found" },
  "quote.not-open": { kind: "conflict", title: "The quote can't be changed that way" },
  "quote.po-number-required": { kind: "invalid", title: "The approval needs a PO number" },
  "quote.terms-required": { kind: "invalid", title: "The approval needs the terms to be accepted" },
  "portal.document-only": { kind: "forbidden", title: "The link opens one document" },
  "portal.header-missing": { kind: "forbidden", title: "The request isn't from the portal" },
  "prepayment.not-found": { kind: "absent", title: "Pre-payment not found" },
  "prepayment.not-paused": { kind: "conflict", title: "The pre-payment is not paused" },
  "prepayment.not-open": { kind: "conflict", title: "The pre-payment is over" },
  "report.too-large": { kind: "impossible", title: "The report would read too much" },
  "recurring.auto-bill-fixed": { kind: "conflict", title: "The agency decides how it is paid" },
  "recurring.begun": { kind: "conflict", title: "The recurring invoice has made invoices" },
  "recurring.completed": { kind: "conflict", title: "The recurring invoice is over" },
  "recurring.cycles-used": { kind: "invalid", title: "More were made already" },
  "recurring.not-active": { kind: "conflict", title: "The recurring invoice is not active" },
  "recurring.not-draft": { kind: "conflict", title: "The recurring invoice is not a draft" },
  "recurring.not-found": { kind: "absent", title: "Recurring invoice not found" },
  "recurring.not-paused": { kind: "conflict", title: "The recurring invoice is not paused" },
  "recurring.start-past": { kind: "invalid", title: "The start lies in the past" },
  "recurring.too-many-missed": { kind: "impossible", title: "Too many days were missed" },
  "retainer.amount-locked": { kind: "conflict", title: "The retainer has received money" },
  "retainer.out-of-scope": { kind: "impossible", title: "The retainer is kept for other work" },
  "retainer.taxed": { kind: "impossible", title: "A retainer carries no tax" },
  "stripe.not-connected": { kind: "conflict", title: "No Stripe account is connected" },
  "stripe.unavailable": { kind: "conflict", title: "Stripe did not answer" },
  "top-up.not-found": { kind: "absent", title: "Top-up rule not found" },
  "api-key.not-found": { kind: "absent", title: "API key not found" },
  "request.not-found": { kind: "absent", title: "Not found" },
  "auth.missing": { kind: "unauthenticated", title: "No valid credentials" },
  "request.limited": { kind: "limited", title: "Too many requests" },
  "request.method-not-allowed": { kind: "invalid", title: "The path has no such method" },
  "request.too-large": { kind: "invalid", title: "The request is too large" },
  "request.media-type": { kind: "invalid", title: "The body must be JSON" },
  "server.error": { kind: "invalid", title: "Something went wrong on our side" },
  "server.unavailable": { kind: "limited", title: "The system can't answer just now" },
  "server.not-ready": { kind: "limited", title: "The system is not ready" },
  "request.invalid": { kind: "invalid", title: "The request is invalid" },
  "role.too-low": { kind: "forbidden", title: "The role doesn't allow this" },
  "idempotency.key-reused": {
    kind: "impossible",
    title: "The idempotency key was used for another request",
  },
  "idempotency.in-progress": { kind: "conflict", title: "The same request is running" },
  "zip.not-found": { kind: "absent", title: "Zip not found" },
  "write.conflict": { kind: "conflict", title: "The record is being changed by others" },
  "write.stale": { kind: "stale", title: "The record changed meanwhile" },
} as const satisfies Record<string, { kind: RefusalKind; title: string }>;

export type RefusalCode = keyof typeof refusals;

/** One broken field of a request, named as a JSON pointer in fragment form (RFC 6901, section 6). */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
}

export function refuse(
  code: RefusalCode,
  detail: string,
  errors?: readonly FieldProblem[],
): Refusal {
  return errors ? { ok: false, code, detail, errors } : { ok: false, code, detail };
}

import { loadQuote } from "../../../domain/billing/quote.store.ts";
import { loadFile } from "../../../domain/documents/stored-file.store.ts";
import type { FileTerms, StoredFile } from "../../../domain/documents/stored-file.ts";
import { loadPayment } from "../../../domain/payments/payment.store.ts";
import { isId } from "../../../domain/shared/ids.ts";
import { type RefusalCode, refuse } from "../../../domain/shared/refusals.ts";
import type { Call } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requireCustomer } from "../billing/party.ts";
import { requireInvoices } from "../billing/required.ts";
import type { Named } from "./schemas.ts";

const unknown = (code: RefusalCode, what: string) =>
  new Refused(refuse(code, `There is no such ${what}.`));

export const unknownDocument = () => unknown("document.not-found", "document");

/** The document that the path names, or 404. */
export async function requireFile({
  tenant,
  params,
}: Pick<Call, "tenant" | "params">): Promise<StoredFile> {
  const stored = await loadFile(tenant, params.id ?? "");
  if (!stored) throw unknownDocument();
  return stored;
}

export type Owner = Pick<FileTerms, "customer" | "attachedTo">;

/** The record that a body or a filter names, and whose it is. Another agency's is as unknown as none. */
export async function requireOwner(call: Call, named: Named): Promise<Owner | undefined> {
  if (named.invoice !== undefined) {
    const [invoice] = await requireInvoices(call, [named.invoice]);
    if (invoice) return { customer: invoice.customer, attachedTo: invoice.id };
  }
  if (named.quote !== undefined) {
    const found = isId("quote", named.quote) && (await loadQuote(call.tenant, named.quote));
    if (!found) throw unknown("quote.not-found", "quote");
    return { customer: found.quote.customer, attachedTo: found.quote.id };
  }
  if (named.payment !== undefined) {
    const payment =
      isId("payment", named.payment) && (await loadPayment(call.tenant, named.payment));
    if (!payment) throw unknown("payment.not-found", "payment");
    return { customer: payment.customer, attachedTo: payment.id };
  }
  if (named.customer === undefined) return undefined;
  const { id } = await requireCustomer(call, named.customer);
  return { customer: id, attachedTo: id };
}

import { paymentKey } from "../../../domain/payments/payment.store.ts";
import { paymentSchema } from "../../../domain/payments/payment.ts";
import { keyText, loadItems } from "../../../domain/shared/table.store.ts";
import { equals, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { paymentRow, paymentRowFromIndex } from "../payments/view.ts";
import { requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

/** A retainer's own payments, or those that an invoice drew on. */
export const listInvoicePayments = operation(billingRoutes.listInvoicePayments, async (call) => {
  const { invoice } = await requireDocument(call);
  const query = call.query();
  if (invoice.isRetainer) {
    const { customer } = invoice;
    const listing = { kind: "PAY", customer, filters: [equals("retainer", invoice.id)] };
    const body = await listPage(call.tenant, { listing, query }, paymentRowFromIndex);
    return { status: 200, body };
  }
  const ids = [...new Set(invoice.applications.flatMap(({ payment }) => payment ?? []))];
  const keys = [...ids, ...invoice.pendingPayments].map((id) => paymentKey(call.tenant, id));
  const found = await loadItems(call.tenant, keys);
  const docs = keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [paymentRow(paymentSchema.parse(item))] : [];
  });
  const { length: total } = docs;
  return {
    status: 200,
    body: { docs, page: 1, limit: total, total, pages: Math.min(total, 1), next: null },
  };
});

import { saveContent } from "../../../domain/billing/invoice.store.ts";
import { cancelInvoice as cancel } from "../../../domain/payments/cancel.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { changedInvoice, invoiceReply, requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

export const cancelInvoice = operation(billingRoutes.cancelInvoice, async (call) => {
  const document = await requireDocument(call);
  const { reason = null } = call.body();
  const agency = await call.agency();
  const { invoice } = document;
  call.requireVersion(invoice);
  const books = await loadBooks(call.tenant, {
    customer: invoice.customer,
    payments: invoice.applications.flatMap(({ payment }) => payment ?? []),
    credits: invoice.applications.flatMap(({ credit }) => credit ?? []),
    invoices: invoice.applications.flatMap(({ retainer }) => retainer?.id ?? []),
  });
  const all = { ...books, invoices: [...books.invoices, invoice] };
  const { changes } = orRefuse(cancel(all, { invoice }, call.ledgerContext(agency)));
  const content = { ...document.content, cancelReason: reason };
  return {
    ...(await invoiceReply(call, { invoice: changedInvoice(changes, invoice), content })),
    writes: [saveContent(call.tenant, invoice.id, content), ...saveLedger(call.tenant, changes)],
  };
});

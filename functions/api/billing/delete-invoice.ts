import { removeInvoice } from "../../../domain/billing/invoice.store.ts";
import { isIssued } from "../../../domain/billing/invoice.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { release } from "../../../domain/shared/unique.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

/** Only drafts go; what was issued keeps its number and is canceled. */
export const deleteInvoice = operation(billingRoutes.deleteInvoice, async (call) => {
  const { invoice } = await requireDocument(call);
  call.body();
  call.requireVersion(invoice);
  if (isIssued(invoice)) throw new Refused(refuse("invoice.issued", "Cancel it instead."));
  const { number, slug, id: subject, customer } = invoice;
  return {
    status: 204,
    writes: [
      ...removeInvoice(call.tenant, invoice),
      ...(number ? [release(call.tenant, "number", number)] : []),
      ...(slug ? [release(call.tenant, "slug", slug)] : []),
      eventOf(call, { type: "invoice.deleted", subject, customer }),
    ],
  };
});

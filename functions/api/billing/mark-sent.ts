import { refuse } from "../../../domain/shared/refusals.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { issueDraft } from "./issue-invoice.ts";
import { invoiceReply, requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

/** Issues without a mail. Marking what is issued already changes nothing. */
export const markSent = operation(billingRoutes.markSent, async (call) => {
  const document = await requireDocument(call);
  call.body();
  call.requireVersion(document.invoice);
  const { status } = document.invoice;
  if (status === "Canceled") throw new Refused(refuse("invoice.not-open", "It is Canceled."));
  if (status !== "Draft") return invoiceReply(call, document);
  const issued = await issueDraft(call, document, false);
  return { ...(await invoiceReply(call, issued.document)), writes: issued.writes };
});

import { operation } from "../../kit/operation.ts";
import { invoiceReply, requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

export const getInvoice = operation(billingRoutes.getInvoice, async (call) =>
  invoiceReply(call, await requireDocument(call)),
);

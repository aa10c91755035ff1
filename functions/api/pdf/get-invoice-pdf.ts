import { refuse } from "../../../domain/shared/refusals.ts";
import { invoicePdf, pdfHeaders } from "../../documents/document-pdf.ts";
import { loadDocumentSource } from "../../documents/load-document.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { pdfRoutes } from "./routes.ts";

/** The same paper that is attached to the mail and that the portal offers. */
export const getInvoicePdf = operation(pdfRoutes.getInvoicePdf, async (call) => {
  const source = await loadDocumentSource(call.tenant, await call.agency(), call.params.id ?? "");
  if (!source) throw new Refused(refuse("invoice.not-found", "There is no such invoice."));
  const { filename, bytes } = await invoicePdf(source);
  return { status: 200, headers: pdfHeaders(filename), bytes };
});

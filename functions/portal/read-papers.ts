import { loadAgencyWithLogo } from "../../domain/agencies/agency.store.ts";
import { invoicePdf, type PdfFile, pdfHeaders, quotePdf } from "../documents/document-pdf.ts";
import { completeDocument } from "../documents/load-document.ts";
import { loadQuoteSource } from "../documents/load-quote.ts";
import { loadReceiptSource } from "../documents/load-receipt.ts";
import { receiptPdf } from "../documents/receipt-pdf.ts";
import { type Outcome, operation } from "../kit/operation.ts";
import { enter } from "./enter.ts";
import { requireOwnInvoice, requireOwnPayment, requireOwnQuote } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";

const fileReply = ({ filename, bytes }: PdfFile): Outcome => ({
  status: 200,
  headers: pdfHeaders(filename),
  bytes,
});

const aDocument = { isDocument: true } as const;

export const getInvoicePdf = operation(portalRoutes.getInvoicePdf, async (call) => {
  const [document, agency] = await Promise.all([
    requireOwnInvoice(call),
    loadAgencyWithLogo(call.tenant),
    enter(call, "invoices", aDocument),
  ]);
  return fileReply(await invoicePdf(await completeDocument(call.tenant, agency, document)));
});

export const getQuotePdf = operation(portalRoutes.getQuotePdf, async (call) => {
  const [{ quote }, agency] = await Promise.all([
    requireOwnQuote(call),
    loadAgencyWithLogo(call.tenant),
    enter(call, "quotes", aDocument),
  ]);
  const source = await loadQuoteSource(call.tenant, { agency, now: call.now }, quote.id);
  if (!source) throw new Error(`${quote.id} was there a moment ago`);
  return fileReply(await quotePdf(source));
});

export const getReceiptPdf = operation(portalRoutes.getReceiptPdf, async (call) => {
  const [{ id }, agency] = await Promise.all([
    requireOwnPayment(call),
    loadAgencyWithLogo(call.tenant),
    enter(call, "payments", aDocument),
  ]);
  const source = await loadReceiptSource(call.tenant, agency, id);
  if (!source) throw new Error(`${id} was there a moment ago`);
  return fileReply(await receiptPdf(source));
});

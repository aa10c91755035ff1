import { getInvoicePdf } from "../api/pdf/get-invoice-pdf.ts";
import { buildArea } from "../kit/area.ts";
import {
  getInvoicePdf as getOwnInvoicePdf,
  getQuotePdf,
  getReceiptPdf,
} from "../portal/read-papers.ts";

export const build = buildArea({
  area: "pdf",
  operations: [getInvoicePdf, getOwnInvoicePdf, getQuotePdf, getReceiptPdf],
});

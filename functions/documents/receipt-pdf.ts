import { renderReceiptPdf } from "../pdf/render-receipt.ts";
import type { PdfFile } from "./document-pdf.ts";
import { pdfName } from "./file-name.ts";
import { type ReceiptSource, receiptView } from "./receipt-view.ts";

export async function receiptPdf(source: ReceiptSource): Promise<PdfFile> {
  const view = receiptView(source);
  return {
    filename: pdfName(view.number, source.payment.id),
    bytes: await renderReceiptPdf(view),
  };
}

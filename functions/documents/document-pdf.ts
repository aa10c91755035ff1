import { attachmentNamed } from "../../domain/documents/attachment.ts";
import { renderDocumentPdf } from "../pdf/render-document.ts";
import { type DocumentSource, documentView, type QuoteSource, quoteView } from "./document-view.ts";
import { pdfName } from "./file-name.ts";

export interface PdfFile {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/** The paper of an invoice or retainer, in the document's own language whoever asks for it. */
export async function invoicePdf(source: DocumentSource): Promise<PdfFile> {
  const { number, id } = source.invoice;
  return {
    filename: pdfName(number, id),
    bytes: await renderDocumentPdf(documentView(source)),
  };
}

export async function quotePdf(source: QuoteSource): Promise<PdfFile> {
  const { number, id } = source.quote;
  return { filename: pdfName(number, id), bytes: await renderDocumentPdf(quoteView(source)) };
}

/** The headers of an answer that is this file. */
export const pdfHeaders = (filename: string): Record<string, string> => ({
  "content-type": "application/pdf",
  "content-disposition": attachmentNamed(filename),
});

import { route } from "../../kit/route.ts";
import { read } from "../replies.ts";

export const pdfRoutes = {
  getInvoicePdf: route({
    ...read,
    area: "pdf",
    tag: "Invoices and retainers",
    operation: "getInvoicePdf",
    path: "/v1/invoices/{id}/pdf",
    summary: "The invoice or retainer as PDF; a draft says so",
    params: { id: "invoice" },
    replies: { 200: "application/pdf" },
  }),
};

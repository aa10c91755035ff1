import { getInvoicePdf } from "../api/pdf/get-invoice-pdf.ts";
import { buildArea } from "../kit/area.ts";
import { routes } from "../routes.ts";

export const build = buildArea({ area: "pdf", operations: [getInvoicePdf] }, routes);

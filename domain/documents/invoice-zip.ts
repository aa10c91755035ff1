import * as z from "zod";
import { addDuration } from "../shared/calendar.ts";
import { idOf, list, recordFields } from "../shared/schema.ts";

export const zipStatuses = ["Pending", "Ready"] as const;

/** Papers of several invoices in one file, asked for by a contact. */
export const invoiceZipSchema = z.object({
  id: idOf("zip"),
  customer: idOf("customer"),
  invoices: list(idOf("invoice")),
  status: z.enum(zipStatuses),
  ...recordFields,
});
export type InvoiceZip = z.infer<typeof invoiceZipSchema>;

/** Shorter than the storage keeps it: what is asked for again is made again. */
const kept = "P1D";

export function askForZip(
  terms: Pick<InvoiceZip, "id" | "customer" | "invoices">,
  now: string,
): InvoiceZip {
  return { ...terms, status: "Pending", createdAt: now, updatedAt: now, version: 1 };
}

export const finishZip = (zip: InvoiceZip, now: string): InvoiceZip => ({
  ...zip,
  status: "Ready",
  updatedAt: now,
  version: zip.version + 1,
});

export const forgottenAt = ({ createdAt }: Pick<InvoiceZip, "createdAt">): string =>
  addDuration(createdAt, kept);

export const isForgotten = (zip: InvoiceZip, now: string): boolean => now >= forgottenAt(zip);

/** The name under which a browser keeps it. */
export const zipName = ({ createdAt }: Pick<InvoiceZip, "createdAt">): string =>
  `invoices-${createdAt.slice(0, 10)}.zip`;

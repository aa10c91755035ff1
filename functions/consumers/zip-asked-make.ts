import { loadAgencyWithLogo } from "../../domain/agencies/agency.store.ts";
import { loadZip, saveZip } from "../../domain/documents/invoice-zip.store.ts";
import { finishZip, type InvoiceZip } from "../../domain/documents/invoice-zip.ts";
import { zipKey } from "../../domain/documents/object-key.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { invoicePdf, type PdfFile } from "../documents/document-pdf.ts";
import { zipOf } from "../documents/invoice-zip.ts";
import { loadDocumentSource } from "../documents/load-document.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";

/** Made twice is the same zip under the same key. */
export const makeZip = consumer({
  name: "zip-asked-make",
  on: ["zip.asked"],
  run: async (deps, { agency, subject }) => {
    if (!agency) return;
    const tenant = await deps.tenant(agency);
    const zip = await loadZip(tenant, subject);
    if (zip?.status !== "Pending") return;
    const bytes = zipOf(await papersOf(tenant, zip), zip.createdAt);
    const files = await deps.files();
    const key = zipKey(tenant.agency, zip.id);
    await files.put({ key, contentType: "application/zip", bytes });
    await commitDecided(deps, tenant, async () => {
      const now = await loadZip(tenant, subject);
      return now?.status === "Pending" ? [saveZip(tenant, finishZip(now, deps.now()))] : [];
    });
  },
});

/** One after the other: each paper needs its memory only while it is drawn. */
async function papersOf(tenant: Tenant, { invoices }: InvoiceZip): Promise<PdfFile[]> {
  const agency = await loadAgencyWithLogo(tenant);
  const papers: PdfFile[] = [];
  for (const id of invoices) {
    const source = await loadDocumentSource(tenant, agency, id);
    if (source) papers.push(await invoicePdf(source));
  }
  return papers;
}

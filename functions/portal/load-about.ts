import { loadDocument } from "../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";

/** What a document is for: its first line, which lists don't carry. */
export async function loadAbout(
  tenant: Tenant,
  invoices: readonly Invoice[],
): Promise<Map<string, string>> {
  const found = await Promise.all(invoices.map(({ id }) => loadDocument(tenant, id)));
  return new Map(
    found.flatMap((document): [string, string][] => {
      const [first] = document?.content.items ?? [];
      return document && first ? [[document.invoice.id, first.name]] : [];
    }),
  );
}

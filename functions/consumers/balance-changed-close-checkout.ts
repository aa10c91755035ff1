import { loadIntents } from "../../domain/payments/intent.store.ts";
import { type Intent, stillFits } from "../../domain/payments/intent.ts";
import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import { isId } from "../../domain/shared/ids.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { type Envelope, isOwnEvent } from "../../events/envelope.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";
import { endIntent } from "../webhooks/stripe/payments.ts";
import { closePage } from "./close-page.ts";

/** Nobody should pay a price that the document doesn't ask for any more. */
export const closeOutdatedCheckout = consumer({
  name: "balance-changed-close-checkout",
  on: ["invoice.*", "payment.*", "credit.*"],
  run: async (deps, envelope) => {
    if (!envelope.agency || !isOwnEvent(envelope)) return;
    const tenant = await deps.tenant(envelope.agency);
    const invoices = await loadInvoices(tenant, invoicesIn(envelope));
    const open = invoices.flatMap(({ checkout }) => checkout ?? []);
    for (const intent of await loadIntents(tenant, [...new Set(open)])) {
      if (intent.status === "open") await closeUnlessFitting(deps, tenant, intent);
    }
  },
});

function invoicesIn({ subject, data }: Envelope): string[] {
  const subjects = Array.isArray(data.subjects) ? data.subjects.map(String) : [];
  return [...new Set([subject, ...subjects])].filter((id) => isId("invoice", id));
}

async function closeUnlessFitting(deps: Deps, tenant: Tenant, intent: Intent): Promise<void> {
  const invoices = await loadInvoices(
    tenant,
    intent.for.map(({ invoice }) => invoice),
  );
  if (stillFits(intent, invoices)) return;
  // First there: a crash in between leaves an intent that the next delivery closes.
  if (await closePage(deps, intent)) await endIntent({ deps, tenant }, intent.id, "expired");
}

import { listFilesOf, loadFile, removeFile } from "../../domain/documents/stored-file.store.ts";
import { idFromSeed } from "../../domain/shared/id-seed.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import type { Envelope } from "../../events/envelope.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";

/** A draft that is deleted takes what was attached to it along. */
export const deleteDocumentsOfDraft = consumer({
  name: "draft-deleted-delete-documents",
  on: ["invoice.deleted", "quote.deleted"],
  run: async (deps, envelope) => {
    const { agency, customer, subject: attachedTo } = envelope;
    if (!agency || !customer) return;
    const tenant = await deps.tenant(agency);
    for (const id of await listFilesOf(tenant, { customer, attachedTo })) {
      await commitDecided(deps, tenant, () => removed(deps, tenant, { id, envelope }));
    }
  },
});

async function removed(
  deps: Deps,
  tenant: Tenant,
  { id, envelope }: { readonly id: string; readonly envelope: Envelope },
): Promise<GuardedWrite[]> {
  const stored = await loadFile(tenant, id);
  if (!stored) return [];
  const now = deps.now();
  const seed = { nowMs: Date.parse(now), random: deps.random(10) };
  const event = saveEventRecord(tenant, {
    id: idFromSeed("event", seed, 0),
    at: now,
    type: "document.deleted",
    actor: envelope.actor,
    ...{ subject: stored.id, customer: stored.customer },
    also: [],
    data: null,
  });
  return [removeFile(tenant, stored), event];
}

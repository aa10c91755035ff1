import { documentAt, documentKey } from "../../domain/documents/object-key.ts";
import { loadFile, saveFile } from "../../domain/documents/stored-file.store.ts";
import { receiveUpload, type StoredFile, type Upload } from "../../domain/documents/stored-file.ts";
import { idFromSeed } from "../../domain/shared/id-seed.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";

/**
 * Something was uploaded: what was announced becomes available, anything else is removed again. The storage
 * tells it, so that nobody has to come back and say "done".
 */
export const receiveDocument = consumer({
  name: "object-created-receive-document",
  on: ["storage.object-created"],
  run: async (deps, { subject: key }) => {
    const place = documentAt(key);
    if (!place) return;
    const tenant = await deps.tenant(place.agency);
    const announced = await loadFile(tenant, place.id);
    if (announced?.status === "Available") return;
    const files = await deps.files();
    // Told again, what was refused is gone already.
    if (announced?.status === "Announced") {
      const upload = await files.inspect(key);
      await commitDecided(deps, tenant, () => received(deps, tenant, announced, upload));
    }
    const now = await loadFile(tenant, place.id);
    // Refused, or deleted while it was uploaded.
    if (now?.status !== "Available") await files.remove(documentKey(tenant.agency, place.id));
  },
});

async function received(
  deps: Deps,
  tenant: Tenant,
  { id }: Pick<StoredFile, "id">,
  upload: Upload,
): Promise<GuardedWrite[]> {
  const announced = await loadFile(tenant, id);
  if (announced?.status !== "Announced") return [];
  const now = deps.now();
  const next = receiveUpload(announced, upload, now);
  return [saveFile(tenant, next), eventOf(deps, tenant, { next, now })];
}

const eventOf = (
  deps: Pick<Deps, "random">,
  tenant: Tenant,
  { next, now }: { readonly next: StoredFile; readonly now: string },
): GuardedWrite => {
  const { id: subject, customer, by, refusal } = next;
  const seed = { nowMs: Date.parse(now), random: deps.random(10) };
  return saveEventRecord(tenant, {
    id: idFromSeed("event", seed, 0),
    at: now,
    type: refusal === null ? "document.created" : "document.refused",
    actor: by ?? { system: "storage" },
    ...{ subject, customer },
    also: [],
    data: refusal === null ? null : { reason: refusal },
  });
};

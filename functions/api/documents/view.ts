import type { Link, UploadLink } from "../../../domain/documents/documents.gateway.ts";
import { documentKey } from "../../../domain/documents/object-key.ts";
import { type StoredFile, storedFileSchema } from "../../../domain/documents/stored-file.ts";
import { kindOf } from "../../../domain/shared/ids.ts";
import type { Item } from "../../../domain/shared/table.store.ts";
import type { Call } from "../../kit/operation.ts";

function documentRow(stored: StoredFile) {
  const { id, file, attachedTo } = stored;
  const kind = kindOf(attachedTo);
  return {
    id,
    name: file.name,
    contentType: file.contentType,
    size: file.size,
    visible: stored.visible,
    status: stored.status,
    customer: stored.customer,
    invoice: kind === "invoice" ? attachedTo : null,
    quote: kind === "quote" ? attachedTo : null,
    payment: kind === "payment" ? attachedTo : null,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    version: stored.version,
  };
}

export const documentRowFromIndex = (item: Item) => documentRow(storedFileSchema.parse(item));

export const documentView = (
  stored: StoredFile,
  links: { readonly upload?: UploadLink; readonly download?: Link | undefined },
) => ({
  ...documentRow(stored),
  refusal: stored.refusal,
  upload: links.upload ?? null,
  download: links.download ?? null,
});

/** A link is signed, not asked for; what nobody uploaded has none. */
export async function downloadOf(
  { deps, tenant, now }: Pick<Call, "deps" | "tenant" | "now">,
  { id, status, file }: StoredFile,
): Promise<Link | undefined> {
  if (status !== "Available") return undefined;
  const links = await deps.fileLinks();
  const { name, contentType } = file;
  return links.download({ key: documentKey(tenant.agency, id), name, contentType }, now);
}

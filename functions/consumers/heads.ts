import { type HeadKind, headKindOf } from "../../domain/shared/head.ts";
import { type Item, loadItem, type Tenant, tenantKey } from "../../domain/shared/table.store.ts";
import { type Envelope, isOwnEvent } from "../../events/envelope.ts";

export interface Head {
  readonly id: string;
  readonly kind: HeadKind;
}

/** The listed records that an event may have changed. What it caused beside itself names none anew. */
export function headsIn(envelope: Envelope): Head[] {
  if (!isOwnEvent(envelope)) return [];
  const { subjects } = envelope.data;
  const ids = [envelope.subject, ...(Array.isArray(subjects) ? subjects.map(String) : [])];
  return [...new Set(ids)].flatMap((id) => {
    const kind = headKindOf(id);
    return kind ? [{ id, kind }] : [];
  });
}

/** A record as it stands now, whatever its kind. */
export const loadHead = (tenant: Tenant, { id, kind }: Head): Promise<Item | undefined> =>
  loadItem(tenant, { pk: tenantKey(tenant, kind, id), sk: kind });

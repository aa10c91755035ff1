import * as z from "zod";
import { type CounterScope, moveCount } from "../shared/counter.store.ts";
import { actorSchema } from "../shared/journal.ts";
import { originSchema } from "../shared/origin.ts";
import { maybe } from "../shared/schema.ts";
import {
  type GuardedWrite,
  type Key,
  loadItem,
  putNew,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";

/** An event as the agency reads it afterwards. */
export const feedEntrySchema = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  customer: maybe(z.string()),
  actor: actorSchema,
  at: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
  /** From where it was asked for. */
  origin: maybe(originSchema),
});
export type FeedEntry = z.infer<typeof feedEntrySchema>;

export const feedCounter: CounterScope = { kind: "FEED" };

/** Events of everything, of one record, or of one type. */
export interface FeedPart {
  readonly subject?: string | undefined;
  readonly type?: string | undefined;
}

/** Types hold a dot and ids an underscore, so the two never meet. */
export const feedPartition = (tenant: Pick<Tenant, "agency">, part: FeedPart = {}): string => {
  const name = part.subject ?? part.type;
  return tenantKey(tenant, "FEED", ...(name === undefined ? [] : [name]));
};

const placeIn = (pk: string, { at, id }: Pick<FeedEntry, "at" | "id">) => ({
  pk,
  sk: `${at}#${id}`,
});

export async function isKept(tenant: Tenant, entry: FeedEntry): Promise<boolean> {
  return (await loadItem(tenant, placeIn(feedPartition(tenant), entry))) !== undefined;
}

/** Where the copies of an event stand. */
export function feedPlacesOf(
  tenant: Pick<Tenant, "agency">,
  entry: Pick<FeedEntry, "id" | "at" | "type" | "subject">,
): Key[] {
  const { type, subject } = entry;
  return [{}, { subject }, { type }].map((part) => placeIn(feedPartition(tenant, part), entry));
}

/** Stands three times, so that each way to read it is one walk. */
export function keepEntry(tenant: Tenant, entry: FeedEntry): GuardedWrite[] {
  const { id, type } = entry;
  return [
    ...feedPlacesOf(tenant, entry).map((place) =>
      putNew(tenant, { ...place, ...entry }, "write.conflict"),
    ),
    ...moveCount(tenant, { scope: feedCounter, id }, { after: { status: type } }),
  ];
}

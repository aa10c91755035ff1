import * as z from "zod";
import { epochMsOf } from "../../domain/shared/calendar.ts";
import { mailboxOf } from "../../domain/shared/mailbox.ts";
import { instantSchema } from "../../domain/shared/schema.ts";
import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItems,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";

/** A message may come again for two weeks, and be taken out of the dead letters once more. */
const keptS = 30 * 24 * 3_600;
const countKeptS = 3 * 24 * 3_600;

export const markStates = ["sending", "sent", "failed", "nobody", "returned"] as const;

/** How far one mail has come. It is written before the mail goes and again after. */
export const markSchema = z.object({
  state: z.enum(markStates),
  at: instantSchema,
  version: z.number().int().positive(),
});
export type Mark = z.infer<typeof markSchema>;

export interface MarkPlace {
  /** The envelope that caused the mail, and the consumer that writes it. */
  readonly cause: string;
  readonly email: string;
}

const markKey = (tenant: Pick<Tenant, "agency">, { cause, email }: MarkPlace): Key => ({
  pk: tenantKey(tenant, "MAIL", cause),
  sk: `TO#${mailboxOf(tenant.agency, email)}`,
});

const countKey = (tenant: Pick<Tenant, "agency">, day: string): Key => ({
  pk: tenantKey(tenant, "MAILS", day),
  sk: "COUNTER",
});

/** The mark of a mail and how many the agency has begun to send on a day, in one call. */
export async function loadMark(
  tenant: Tenant,
  place: MarkPlace,
  day: string,
): Promise<{ readonly mark: Mark | undefined; readonly begun: number }> {
  const keys = [markKey(tenant, place), countKey(tenant, day)] as const;
  const found = await loadItems(tenant, keys);
  const [mark, count] = keys.map((key) => found.get(keyText(key)));
  return { mark: mark && markSchema.parse(mark), begun: Number(count?.begun ?? 0) };
}

export function saveMark(tenant: Tenant, place: MarkPlace, mark: Mark): GuardedWrite {
  const ttl = Math.floor(epochMsOf(mark.at) / 1_000) + keptS;
  return putVersioned(tenant, { ...markKey(tenant, place), ttl }, mark);
}

/** Counts one more mail of a day, unless there were `max` already. */
export function countMail(
  tenant: Tenant,
  { day, max, now }: { readonly day: string; readonly max: number; readonly now: string },
): GuardedWrite {
  return {
    write: {
      Update: {
        TableName: tenant.table,
        Key: countKey(tenant, day),
        UpdateExpression: "SET #begun = if_not_exists(#begun, :none) + :one, #ttl = :ttl",
        ConditionExpression: "attribute_not_exists(#begun) OR #begun < :max",
        ExpressionAttributeNames: { "#begun": "begun", "#ttl": "ttl" },
        ExpressionAttributeValues: {
          ":none": 0,
          ":one": 1,
          ":max": max,
          ":ttl": Math.floor(epochMsOf(now) / 1_000) + countKeptS,
        },
      },
    },
    ifRejected: "request.limited",
  };
}

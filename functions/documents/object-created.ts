import * as z from "zod";
import type { Envelope } from "../../events/envelope.ts";
import { storageObjectCreated } from "../../events/storage-object-created.ts";

export const storageSource = "aws.s3";

/**
 * What S3 puts on the account's event bus, as far as it is used here.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const storageEventSchema = z.object({
  source: z.literal(storageSource),
  id: z.string(),
  time: z.string(),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});
export type StorageEvent = z.input<typeof storageEventSchema>;

/** The storage's event in the form of our own. Whose the object is says its key, to whoever reacts. */
export function createdEnvelope(event: StorageEvent): Envelope {
  const { id, time, detail } = storageEventSchema.parse(event);
  const { name: type } = storageObjectCreated;
  const actor = { system: "storage" };
  return { id, type, subject: detail.object.key, actor, at: time, data: {} };
}

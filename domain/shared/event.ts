import * as z from "zod";
import { actorSchema, alsoSchema } from "./journal.ts";
import { idOf, instantSchema, list, maybe } from "./schema.ts";

/** Something happened that moved no money. Written in the transaction of the change it reports. */
export const eventRecordSchema = z.object({
  id: idOf("event"),
  at: instantSchema,
  type: z.string(),
  actor: actorSchema,
  subject: z.string(),
  customer: maybe(idOf("customer")),
  also: list(alsoSchema),
  data: maybe(z.record(z.string(), z.unknown())),
});
export type EventRecord = z.infer<typeof eventRecordSchema>;

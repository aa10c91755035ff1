import * as z from "zod";
import { actorSchema } from "../domain/shared/journal.ts";
import { originSchema } from "../domain/shared/origin.ts";
import { idOf } from "../domain/shared/schema.ts";

/**
 * What travels on the bus: one event that a journal or event record stands for. `id` is the record's
 * id, with a suffix for the events that it caused beside its own; it is the same on every delivery.
 */
export const envelopeSchema = z.object({
  id: z.string(),
  type: z.string(),
  agency: z.optional(idOf("agency")),
  customer: z.optional(idOf("customer")),
  subject: z.string(),
  actor: actorSchema,
  at: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** From where it was asked for; absent when nobody did. For the agency's own eyes. */
  origin: z.optional(originSchema),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Whether the envelope is its record's own event, not one that the record caused beside it. */
export const isOwnEvent = ({ id }: Pick<Envelope, "id">): boolean => !id.includes(".");

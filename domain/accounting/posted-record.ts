import type * as z from "zod";
import { journalRecordSchema } from "../shared/journal.ts";

/** What books outside the system need of a journal record: neither its chain nor its inner fields. */
export const postedRecordSchema = journalRecordSchema.pick({
  id: true,
  seq: true,
  at: true,
  type: true,
  subject: true,
  memo: true,
  postings: true,
});
export type PostedRecord = z.infer<typeof postedRecordSchema>;

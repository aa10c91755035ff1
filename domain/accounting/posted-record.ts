import type * as z from "zod";
import { aboutOwn, storedJournalSchema } from "../shared/journal.ts";

/** What books outside the system need of a journal record: neither its chain nor its inner fields. */
const postedFields = storedJournalSchema.pick({
  id: true,
  seq: true,
  at: true,
  type: true,
  subject: true,
  memo: true,
  postings: true,
});
export const postedAttributes = Object.keys(postedFields.shape);

export const postedRecordSchema = postedFields.transform(({ postings, ...record }) => ({
  ...record,
  postings: aboutOwn(postings, record.subject),
}));
export type PostedRecord = z.infer<typeof postedRecordSchema>;

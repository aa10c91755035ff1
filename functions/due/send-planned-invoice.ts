import * as z from "zod";
import { loadDocument, saveInvoice } from "../../domain/billing/invoice.store.ts";
import { issueDraft } from "../api/billing/issue-invoice.ts";
import { sentEvent } from "../api/billing/send-invoice.ts";
import { type DueOutcome, type DueWork, notBefore, nothingLeft, performer } from "../kit/due.ts";
import { sendInstant } from "./instants.ts";

const mailSchema = z.object({
  email: z.string().nullable().default(null),
  subject: z.string().nullable().default(null),
  body: z.string().nullable().default(null),
});

/** A send that was planned for this day: issues if it is still a draft, and mails. */
export const sendPlannedInvoice = performer({
  kind: "INV",
  what: "send",
  run: async (work) => {
    const [document, { settings }] = await Promise.all([
      loadDocument(work.tenant, work.due.id),
      work.agency(),
    ]);
    const date = document?.invoice.scheduledFor;
    if (!document || !date || document.invoice.status === "Canceled") return nothingLeft;
    const dueAt = sendInstant(date, settings);
    if (dueAt > work.now) return notBefore(dueAt);
    return send(work, document);
  },
});

async function send(
  work: DueWork,
  document: NonNullable<Awaited<ReturnType<typeof loadDocument>>>,
): Promise<DueOutcome> {
  const { invoice } = document;
  const mail = sentEvent(work, invoice, mailSchema.parse(work.due.data));
  if (invoice.status === "Draft") {
    const { writes } = await issueDraft(work, document, true);
    return { writes: [...writes, mail], next: null };
  }
  const next = {
    ...invoice,
    scheduledFor: null,
    sentAt: work.now,
    updatedAt: work.now,
    version: invoice.version + 1,
  };
  return { writes: [saveInvoice(work.tenant, next), mail], next: null };
}

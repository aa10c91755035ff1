import * as z from "zod";
import { failureReasons } from "../../../domain/customers/mail-address.ts";
import { ledgerAccounts } from "../../../domain/shared/journal.ts";
import { autoApplyModes } from "../../../domain/shared/terms.ts";
import { address, amount, instant, listOf, nullableText, stored } from "../replies.ts";

const row = {
  id: z.string(),
  billTo: address,
  internalId: nullableText,
  currency: nullableText,
  tags: z.array(z.string()),
  archived: z.boolean(),
  ...stored,
};

export const customerReply = z
  .strictObject({
    ...row,
    shipTo: address.nullable(),
    lang: nullableText,
    taxId: nullableText,
    cc: z.array(z.string()),
    bcc: z.array(z.string()),
    notes: nullableText,
    attachPdf: z.boolean().nullable(),
    autoApply: z.enum(autoApplyModes).nullable(),
  })
  .meta({ id: "Customer" });

export const customerListReply = listOf(z.strictObject(row).meta({ id: "CustomerRow" })).meta({
  id: "CustomerList",
});

const balance = { outstanding: amount, unapplied: amount, credit: amount };

export const balanceReply = z
  .strictObject({
    customer: z.string(),
    balances: z.array(z.strictObject({ currency: z.string(), ...balance })),
    retainers: z.array(
      z.strictObject({
        id: z.string(),
        number: nullableText,
        currency: z.string(),
        funded: amount,
        drawn: amount,
        refunded: amount,
        remaining: amount,
        drawStatus: z.enum(["Unfunded", "Undrawn", "PartiallyDrawn", "Drawn"]),
      }),
    ),
  })
  .meta({ id: "CustomerBalance" });

export const actor = z.strictObject({
  apiKey: z.string().optional(),
  staff: z.string().optional(),
  contact: z.string().optional(),
  system: z.string().optional(),
});

export const journalReply = listOf(
  z
    .strictObject({
      id: z.string(),
      seq: z.number().int(),
      at: instant,
      type: z.string(),
      actor,
      subject: z.string(),
      memo: z.string(),
      postings: z.array(
        z.strictObject({
          account: z.enum(ledgerAccounts),
          amount,
          currency: z.string(),
          subject: z.string(),
        }),
      ),
      balances: z.record(z.string(), z.strictObject(balance)),
      hash: z.string(),
      previousHash: z.string(),
    })
    .meta({ id: "JournalRecord" }),
).meta({ id: "Journal" });

export const contactReply = z
  .strictObject({
    id: z.string(),
    customer: z.string(),
    firstName: nullableText,
    lastName: nullableText,
    email: z.string(),
    lang: nullableText,
    primary: z.boolean(),
    receivesMail: z.boolean(),
    portal: z.boolean(),
    mailFailure: z
      .strictObject({ reason: z.enum(failureReasons), at: instant, detail: nullableText })
      .nullable()
      .meta({ description: "Why the address gets no more mail; PATCH email to clear it" }),
    ...stored,
  })
  .meta({ id: "Contact" });
export const contactListReply = listOf(contactReply).meta({ id: "ContactList" });

export const contactExportReply = z
  .strictObject({
    exportedAt: instant,
    contact: contactReply,
    customer: customerReply,
    /** As they are kept: documents, payments, events, wherever the contact or its customer is told of. */
    records: z.array(z.looseObject({ place: z.string() })),
    /** False: there are more records than one answer can hold. */
    isWhole: z.boolean(),
  })
  .meta({ id: "ContactExport" });

import * as z from "zod";
import { frequencies } from "../../../domain/recurring/frequency.ts";
import {
  autoBillDays,
  autoBillModes,
  recurringStatuses,
} from "../../../domain/recurring/recurring.ts";
import { invoiceReply } from "../billing/replies.ts";
import { amount, instant, listOf, nullableText, stored } from "../replies.ts";

const shapeOfInvoice = invoiceReply.shape;

export const lastErrorReply = z
  .strictObject({ at: instant, code: z.string(), detail: z.string() })
  .nullable();

const row = {
  id: z.string(),
  number: z.string(),
  status: z.enum(recurringStatuses),
  customer: z.string(),
  isRetainer: z.boolean(),
  currency: z.string(),
  total: amount,
  frequency: z.enum(frequencies),
  startOn: z.string(),
  nextOn: nullableText,
  cycles: z.number().int().nullable(),
  cyclesLeft: z.number().int().nullable(),
  issued: z.number().int(),
  autoBill: z.enum(autoBillModes),
  autoBillOn: z.enum(autoBillDays),
  autoBillActive: z.boolean(),
  autoSend: z.boolean(),
  dueDays: z.number().int(),
  lastError: lastErrorReply,
  ...stored,
};

export const recurringRowReply = z.strictObject(row).meta({ id: "RecurringInvoiceRow" });
export const recurringListReply = listOf(recurringRowReply).meta({ id: "RecurringInvoiceList" });

export const recurringReply = z
  .strictObject({
    ...row,
    template: z.strictObject({
      customer: z.string(),
      isRetainer: z.boolean(),
      currency: z.string(),
      lang: nullableText,
      items: z.array(shapeOfInvoice.items.element.omit({ total: true })),
      discount: shapeOfInvoice.discount,
      taxes: shapeOfInvoice.taxes,
      taxIncluded: z.boolean(),
      extraCharges: shapeOfInvoice.extraCharges,
      extraFields: shapeOfInvoice.extraFields,
      header: nullableText,
      terms: nullableText,
      notes: nullableText,
      tags: z.array(z.string()),
      shipTo: z.boolean(),
      autoApply: nullableText,
      scope: z.array(z.string()),
      period: shapeOfInvoice.period,
      poNumber: nullableText,
    }),
  })
  .meta({ id: "RecurringInvoice" });

export const scheduleReply = z
  .strictObject({
    docs: z.array(
      z.strictObject({ cycle: z.number().int(), date: z.string(), dueDate: z.string() }),
    ),
  })
  .meta({ id: "Schedule" });

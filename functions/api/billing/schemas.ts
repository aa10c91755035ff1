import * as z from "zod";
import { invoiceStatuses } from "../../../domain/billing/invoice.ts";
import { recordedMethods } from "../../../domain/payments/payment.ts";
import { autoApplyModes } from "../../../domain/shared/terms.ts";
import {
  clearable,
  currencyText,
  dayText,
  descriptionText,
  email,
  langText,
  longText,
  nameText,
  percent,
  positiveAmount,
  quantity,
  tags,
  text,
  zeroOrMoreAmount,
} from "../../kit/fields.ts";

export const address = z.strictObject({
  firstName: clearable(nameText),
  lastName: clearable(nameText),
  company: clearable(nameText),
  email: clearable(email),
  phone: clearable(text(50)),
  address: clearable(descriptionText),
  legal: clearable(descriptionText),
});

const named = "give a company, or a first and a last name";
/** Whoever is billed has a name. */
export const billTo = address.refine(
  ({ company, firstName, lastName }) => Boolean(company || (firstName && lastName)),
  named,
);

const tax = z.strictObject({ name: text(50), rate: percent });
const taxes = z.array(tax).max(3, "must have at most 3 entries");

export const discount = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("amount"), value: zeroOrMoreAmount }),
  z.strictObject({ type: z.literal("percent"), value: percent }),
]);

export const item = z.strictObject({
  name: nameText,
  description: clearable(descriptionText),
  quantity,
  price: positiveAmount,
  discount: clearable(discount),
  taxes: taxes.optional(),
});

export const items = z
  .array(item)
  .min(1, "must have at least 1 entry")
  .max(200, "must have at most 200 entries");

export const customerReference = z.union([
  text(100),
  z.strictObject({
    internalId: clearable(text(100)),
    billTo: billTo.optional(),
    shipTo: clearable(address),
  }),
]);

export const period = z
  .strictObject({ from: dayText, to: dayText })
  .refine(({ from, to }) => from <= to, { error: "must not end before it begins", path: ["to"] });

/** The fields that invoices, retainers and quotes share. */
export const documentFields = {
  number: clearable(text(50)),
  date: clearable(dayText),
  currency: clearable(currencyText),
  lang: clearable(langText),
  discount: clearable(discount),
  taxes: clearable(taxes),
  taxIncluded: clearable(z.boolean("must be true or false")),
  extraCharges: clearable(
    z
      .array(z.strictObject({ name: nameText, amount: zeroOrMoreAmount }))
      .max(10, "must have at most 10 entries"),
  ),
  extraFields: clearable(
    z
      .array(z.strictObject({ name: text(50), value: nameText }))
      .max(3, "must have at most 3 entries"),
  ),
  header: clearable(longText),
  terms: clearable(longText),
  notes: clearable(longText),
  tags: clearable(tags),
  shipTo: clearable(z.boolean("must be true or false")),
  slug: clearable(
    text(100).regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
      "may have letters, digits, dot, dash, underscore",
    ),
  ),
  autoApply: clearable(z.enum(autoApplyModes)),
  scope: clearable(tags),
  period: clearable(period),
  poNumber: clearable(text(50)),
};

const invoiceFields = {
  ...documentFields,
  dueDate: clearable(dayText),
  isRetainer: z.boolean("must be true or false").optional(),
  status: z.enum(["Draft", "Unpaid"]).optional(),
};

export const invoiceBody = z.strictObject({
  customer: customerReference,
  items,
  ...invoiceFields,
});
export type InvoiceBody = z.output<typeof invoiceBody>;

export const invoicePatch = z.strictObject({
  customer: customerReference.optional(),
  items: items.optional(),
  ...invoiceFields,
});
export type InvoicePatch = z.output<typeof invoicePatch>;

export const listQuery = {
  page: z.coerce.number().int().min(1).max(100_000).optional(),
  limit: z.coerce.number().int().min(1, "must be 1 to 100").max(100, "must be 1 to 100").optional(),
  after: z.string().max(2_000).optional(),
  search: z.string().trim().max(100).optional(),
};

export const queryFlag = z.enum(["true", "false"]).transform((value) => value === "true");

export const invoiceListQuery = z.strictObject({
  ...listQuery,
  isRetainer: queryFlag.optional(),
  status: z.enum(invoiceStatuses).optional(),
  customer: z.string().max(100).optional(),
  from: dayText.optional(),
  to: dayText.optional(),
  overdue: queryFlag.optional(),
  tag: z.string().max(50).optional(),
});

const mailFields = {
  email: clearable(email),
  subject: clearable(nameText),
  body: clearable(longText),
};

export const sendBody = z.strictObject({ ...mailFields, date: clearable(dayText) });

const receipt = {
  paidAt: clearable(z.union([dayText, z.iso.datetime("must be a day or an instant")])),
  reference: clearable(nameText),
};

export const markPaidBody = z.strictObject({
  method: z.enum(recordedMethods).optional(),
  ...receipt,
});

export const recordPaymentBody = z.strictObject({
  amount: positiveAmount.optional(),
  method: z.enum(recordedMethods),
  ...receipt,
  notes: clearable(longText),
  sendNotification: z.boolean("must be true or false").optional(),
});

const drawLimit = 20;
export const applyToInvoiceBody = z.union([
  z.strictObject({ auto: z.literal(true) }),
  z
    .strictObject({
      payments: z
        .array(z.strictObject({ payment: z.string().max(100), amount: positiveAmount.optional() }))
        .optional(),
      credits: z
        .array(z.strictObject({ credit: z.string().max(100), amount: positiveAmount.optional() }))
        .optional(),
    })
    .superRefine(({ payments = [], credits = [] }, context) => {
      const ids = [...payments.map((one) => one.payment), ...credits.map((one) => one.credit)];
      const say = (message: string) => context.addIssue({ code: "custom", message });
      if (ids.length === 0) say("name at least one payment or credit");
      if (ids.length > drawLimit) say(`at most ${drawLimit} lines`);
      if (new Set(ids).size < ids.length) say("names the same source twice");
    }),
]);

const absoluteUrl = z
  .url({ protocol: /^https?$/, error: "must be an absolute http(s) address" })
  .max(2_000);

export const checkoutBody = z.strictObject({
  successUrl: absoluteUrl,
  cancelUrl: absoluteUrl,
  amount: positiveAmount.optional(),
  save: z.boolean("must be true or false").optional(),
});

export const chargeBody = z.strictObject({ paymentMethod: clearable(text(100)) });

export const cancelBody = z.strictObject({ reason: clearable(descriptionText) });

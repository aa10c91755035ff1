import * as z from "zod";
import { frequencies } from "../../domain/recurring/frequency.ts";
import { address, billTo, listQuery } from "../api/billing/schemas.ts";
import {
  clearable,
  currencyText,
  dayText,
  email,
  langText,
  longText,
  nameText,
  positiveAmount,
  text,
} from "../kit/fields.ts";

/** An agency's short name or its id. */
const agency = text(100);
const paged = { page: listQuery.page, limit: listQuery.limit, after: listQuery.after };

export const brandQuery = z.strictObject({ agency });
export const linkBody = z.strictObject({ agency, email });
export const tokenBody = z.strictObject({ token: z.string().min(1).max(200) });
export const registerBody = z.strictObject({
  agency,
  email,
  firstName: nameText,
  lastName: nameText,
  company: clearable(nameText),
});

/** `unpaid` is whatever is still to pay, overdue or not. */
export const invoiceFilters = ["paid", "unpaid", "overdue", "canceled"] as const;
const kind = z.enum(["invoice", "retainer"]);

export const invoicesQuery = z.strictObject({
  ...paged,
  status: z.enum(invoiceFilters).optional(),
  kind: kind.optional(),
  from: dayText.optional(),
  to: dayText.optional(),
});
export const pageQuery = z.strictObject(paged);

const methodId = z
  .string()
  .max(100)
  .regex(/^[\w-]+$/, "must be the id of a payment method");

/** Without `paymentMethod` the contact goes on to Stripe's page; `save` keeps what is entered there. */
export const payBody = z.strictObject({
  amount: positiveAmount.optional(),
  paymentMethod: methodId.optional(),
  save: z.boolean().optional(),
});

const invoiceIds = (max: number) =>
  z
    .array(z.string().max(100))
    .min(1, "must have at least 1 entry")
    .max(max, `must have at most ${max} entries`)
    .refine((ids) => new Set(ids).size === ids.length, "must not name an invoice twice");

/** As many papers as are drawn well within the time of their consumer. */
export const invoicesPerZipMax = 50;
export const zipBody = z.strictObject({ invoices: invoiceIds(invoicesPerZipMax) });

export const invoicesPerPaymentMax = 20;
export const payManyBody = z.strictObject({
  invoices: invoiceIds(invoicesPerPaymentMax),
  paymentMethod: methodId.optional(),
  save: z.boolean().optional(),
});

/** What the agency requires of an approval is checked on the server, whatever the page asked for. */
export const approveBody = z.strictObject({
  name: clearable(nameText),
  terms: z.boolean().optional(),
  poNumber: clearable(text(100)),
});
export const declineBody = z.strictObject({ reason: clearable(longText) });

export const cyclesMax = 1_000;
export const prepaymentBody = z.strictObject({
  amount: positiveAmount,
  /** Absent: the customer's, else the agency's. */
  currency: currencyText.optional(),
  note: clearable(longText),
  recurring: clearable(
    z.strictObject({
      frequency: z.enum(frequencies),
      /** null: until canceled. The first payment counts. */
      cycles: z.number().int().min(2).max(cyclesMax).nullable(),
    }),
  ),
});

export const autoBillBody = z.strictObject({ enabled: z.boolean("must be true or false") });

export const profilePatch = z.strictObject({
  firstName: clearable(nameText),
  lastName: clearable(nameText),
  email: email.optional(),
  lang: clearable(langText),
  billTo: billTo.optional(),
  shipTo: clearable(address),
});

import * as z from "zod";
import { addressSchema } from "../shared/address.ts";
import { currencySchema, idOf, list, maybe, recordFields } from "../shared/schema.ts";
import { autoApplyModes } from "../shared/terms.ts";

export const customerSchema = z.object({
  id: idOf("customer"),
  billTo: addressSchema,
  shipTo: maybe(addressSchema),
  internalId: maybe(z.string()),
  currency: maybe(currencySchema),
  lang: maybe(z.string()),
  taxId: maybe(z.string()),
  cc: list(z.string()),
  bcc: list(z.string()),
  notes: maybe(z.string()),
  tags: list(z.string()),
  attachPdf: maybe(z.boolean()),
  autoApply: maybe(z.enum(autoApplyModes)),
  archived: z.boolean().default(false),
  /** Stripe keeps the customer on the connected account, so the pair is what identifies it. */
  stripe: maybe(z.object({ account: z.string(), customer: z.string() })),
  contactCount: z.number().int().nonnegative().default(0),
  ...recordFields,
});
export type Customer = z.infer<typeof customerSchema>;

export const contactSchema = z.object({
  id: idOf("contact"),
  customer: idOf("customer"),
  firstName: maybe(z.string()),
  lastName: maybe(z.string()),
  email: z.string(),
  lang: maybe(z.string()),
  primary: z.boolean(),
  receivesMail: z.boolean(),
  portal: z.boolean(),
  bouncedAt: maybe(z.string()),
  ...recordFields,
});
export type Contact = z.infer<typeof contactSchema>;

/** How people call the customer: the firm, else the person. */
export function nameOf({ billTo }: Pick<Customer, "billTo">): string {
  if (billTo.company) return billTo.company;
  return [billTo.firstName, billTo.lastName].filter(Boolean).join(" ");
}

export const contactName = ({ firstName, lastName }: Contact): string =>
  [firstName, lastName].filter(Boolean).join(" ");

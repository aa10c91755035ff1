import * as z from "zod";
import { type Address, addressSchema } from "../shared/address.ts";
import type { Id } from "../shared/ids.ts";
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
  ...recordFields,
});
export type Customer = z.infer<typeof customerSchema>;

/** What staff decide about a customer. */
export type CustomerTerms = Omit<
  Customer,
  "id" | "archived" | "stripe" | "createdAt" | "updatedAt" | "version"
>;

export const newCustomer = (
  terms: CustomerTerms,
  { id, now }: { readonly id: Id<"customer">; readonly now: string },
): Customer => ({
  id,
  ...terms,
  archived: false,
  stripe: null,
  createdAt: now,
  updatedAt: now,
  version: 1,
});

export type CustomerChange = CustomerTerms & Pick<Customer, "archived">;

export interface ChangedCustomer {
  readonly customer: Customer;
  /** The fields that are not as they were. */
  readonly changed: readonly (keyof CustomerChange)[];
}

/** The customer with other terms. Nothing changed: the same record, at the same version. */
export function changeCustomer(
  before: Customer,
  change: CustomerChange,
  now: string,
): ChangedCustomer {
  const names = Object.keys(change) as (keyof CustomerChange)[];
  const changed = names.filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(change[name]),
  );
  if (changed.length === 0) return { customer: before, changed };
  const next = { ...before, ...change, updatedAt: now, version: before.version + 1 };
  return { customer: next, changed };
}

export const emptyAddress: Address = {
  firstName: null,
  lastName: null,
  company: null,
  email: null,
  phone: null,
  address: null,
  legal: null,
};

/** Whoever is billed has a name: a firm's, or a first and a last one. */
export const isNamed = ({ company, firstName, lastName }: Address): boolean =>
  Boolean(company || (firstName && lastName));

/** How people call the customer: the firm, else the person. */
export function nameOf({ billTo }: Pick<Customer, "billTo">): string {
  if (billTo.company) return billTo.company;
  return [billTo.firstName, billTo.lastName].filter(Boolean).join(" ");
}

export { type Contact, contactName, contactSchema } from "./contact.ts";

/** Stripe's customer is gone, or is to go; the next payment makes another. */
export const partedFromStripe = (customer: Customer, now: string): Customer => ({
  ...customer,
  ...{ stripe: null, updatedAt: now, version: customer.version + 1 },
});

import {
  type Customer,
  type CustomerChange,
  type CustomerTerms,
  emptyAddress,
  isNamed,
} from "../../../domain/customers/customer.ts";
import type { Address } from "../../../domain/shared/address.ts";
import { invalid } from "../../kit/refused.ts";
import type { CustomerBody, CustomerPatch } from "./schemas.ts";

type GivenAddress = NonNullable<CustomerPatch["billTo"]>;

/** What isn't said is empty. */
export const termsFrom = (body: CustomerBody): CustomerTerms => ({
  billTo: merged(emptyAddress, body.billTo),
  shipTo: body.shipTo ? merged(emptyAddress, body.shipTo) : null,
  internalId: body.internalId ?? null,
  currency: body.currency ?? null,
  lang: body.lang ?? null,
  taxId: body.taxId ?? null,
  cc: body.cc ?? [],
  bcc: body.bcc ?? [],
  notes: body.notes ?? null,
  tags: body.tags ?? [],
  attachPdf: body.attachPdf ?? null,
  autoApply: body.autoApply ?? null,
});

/** What isn't said stays, inside the addresses, too. */
export function changeFrom(before: Customer, given: CustomerPatch): CustomerChange {
  const billTo = given.billTo ? merged(before.billTo, given.billTo) : before.billTo;
  if (!isNamed(billTo)) {
    const detail = "give a company, or a first and a last name";
    throw invalid([{ pointer: "#/billTo", detail }]);
  }
  return {
    billTo,
    shipTo: given.shipTo
      ? merged(before.shipTo ?? emptyAddress, given.shipTo)
      : said(given.shipTo, before.shipTo, null),
    internalId: said(given.internalId, before.internalId, null),
    currency: said(given.currency, before.currency, null),
    lang: said(given.lang, before.lang, null),
    taxId: said(given.taxId, before.taxId, null),
    cc: said(given.cc, before.cc, []),
    bcc: said(given.bcc, before.bcc, []),
    notes: said(given.notes, before.notes, null),
    tags: said(given.tags, before.tags, []),
    attachPdf: said(given.attachPdf, before.attachPdf, null),
    autoApply: said(given.autoApply, before.autoApply, null),
    archived: given.archived ?? before.archived,
  };
}

/** undefined: not said. null: cleared. */
const said = <T>(given: T | null | undefined, before: T, cleared: T): T =>
  given === undefined ? before : (given ?? cleared);

function merged(before: Address, given: GivenAddress): Address {
  const told = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(told) };
}

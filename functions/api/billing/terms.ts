import type { Agency } from "../../../domain/agencies/agency.ts";
import type { DocumentTerms, ItemTerms } from "../../../domain/billing/draft.ts";
import type { Discount } from "../../../domain/billing/lines.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { addDays } from "../../../domain/shared/calendar.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { type Minor, minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { invalid } from "../../kit/refused.ts";
import type { InvoiceBody, InvoicePatch } from "./schemas.ts";

type Given = InvoicePatch;
type Defaults = Pick<Agency, "settings">;

/** What a document has that nobody said anything of. */
export const plainTerms = {
  number: null,
  items: [],
  discount: null,
  taxes: [],
  taxIncluded: false,
  extraCharges: [],
  extraFields: [],
  header: null,
  terms: null,
  notes: null,
  tags: [],
  showShipTo: false,
  slug: null,
  autoApply: null,
  scope: [],
  period: null,
  poNumber: null,
} satisfies Partial<DocumentTerms>;

/** The terms of a new document, or of one that is replaced: what isn't said gets its default. */
export function termsFrom(
  body: InvoiceBody,
  { agency, customer, today }: { agency: Defaults; customer: Customer; today: string },
): DocumentTerms {
  const currency = body.currency ?? customer.currency ?? agency.settings.currency;
  const date = body.date ?? today;
  const base: DocumentTerms = {
    ...plainTerms,
    customer: customer.id,
    isRetainer: body.isRetainer ?? false,
    date,
    dueDate: addDays(date, agency.settings.dueDays),
    currency,
    lang: customer.lang,
  };
  return changeTerms(base, body, base);
}

/** Merges what was said; null and "" reset a field to its default. */
export function changeTerms(
  before: DocumentTerms,
  given: Given,
  defaults: Partial<DocumentTerms>,
): DocumentTerms {
  const currency = given.currency ?? before.currency;
  requireAmountsAnew(before, given, currency);
  const minor = minorUnitsOf(currency);
  const next: DocumentTerms = {
    ...before,
    ...said("number", given.number, null),
    ...said("date", given.date, before.date),
    ...said("dueDate", given.dueDate, defaults.dueDate ?? before.dueDate),
    ...said("lang", given.lang, defaults.lang ?? null),
    ...said("header", given.header, null),
    ...said("terms", given.terms, null),
    ...said("notes", given.notes, null),
    ...said("tags", given.tags, []),
    ...said("showShipTo", given.shipTo, false),
    ...said("slug", given.slug, null),
    ...said("autoApply", given.autoApply, null),
    ...said("scope", given.scope, []),
    ...said("period", given.period, null),
    ...said("poNumber", given.poNumber, null),
    ...said("taxes", given.taxes, []),
    ...said("taxIncluded", given.taxIncluded, false),
    ...said("extraFields", given.extraFields, []),
    ...amountsOf(given, minor),
    currency,
  };
  throwProblems(minor);
  requireOrder(next);
  return next;
}

const said = <K extends keyof DocumentTerms>(
  name: K,
  value: DocumentTerms[K] | null | undefined,
  whenCleared: DocumentTerms[K],
): Partial<DocumentTerms> => (value === undefined ? {} : { [name]: value ?? whenCleared });

function amountsOf(given: Given, minor: Minor): Partial<DocumentTerms> {
  const { items, discount, extraCharges } = given;
  return {
    ...(items ? { items: items.map((item, index) => itemTerms(item, index, minor)) } : {}),
    ...(discount === undefined ? {} : { discount: discountTerms(discount, "#/discount", minor) }),
    ...(extraCharges === undefined
      ? {}
      : {
          extraCharges: (extraCharges ?? []).map(({ name, amount }, index) => ({
            name,
            amount: minor(amount, `#/extraCharges/${index}/amount`),
          })),
        }),
  };
}

function itemTerms(
  item: NonNullable<Given["items"]>[number],
  index: number,
  minor: Minor,
): ItemTerms {
  const at = `#/items/${index}`;
  const discount = discountTerms(item.discount ?? null, `${at}/discount`, minor);
  return {
    name: item.name,
    description: item.description ?? null,
    quantity: item.quantity,
    price: minor(item.price, `${at}/price`),
    discount: discount ?? undefined,
    taxes: item.taxes,
  };
}

function discountTerms(discount: Discount | null, pointer: string, minor: Minor): Discount | null {
  if (discount?.type !== "amount") return discount;
  return { type: "amount", value: minor(discount.value, `${pointer}/value`) };
}

/** Stored amounts are minor units of the old currency: they would silently mean something else. */
function requireAmountsAnew(before: DocumentTerms, given: Given, currency: Currency): void {
  if (currency === before.currency) return;
  const missing = [
    ...(given.items || before.items.length === 0 ? [] : ["items"]),
    ...(given.discount === undefined && before.discount?.type === "amount" ? ["discount"] : []),
    ...(given.extraCharges === undefined && before.extraCharges.length > 0 ? ["extraCharges"] : []),
  ];
  if (missing.length === 0) return;
  throw invalid(
    missing.map((field) => ({
      pointer: `#/${field}`,
      detail: "must be sent again when the currency changes",
    })),
  );
}

function requireOrder({ date, dueDate }: DocumentTerms): void {
  if (dueDate >= date) return;
  throw invalid([{ pointer: "#/dueDate", detail: "must not be before the date" }]);
}

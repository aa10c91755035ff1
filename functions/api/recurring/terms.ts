import { type DocumentTerms, totalTerms } from "../../../domain/billing/draft.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import type { Recurring, RecurringTerms } from "../../../domain/recurring/recurring.ts";
import { orRefuse, repointed } from "../../kit/refused.ts";
import type { RecurringPatch } from "./schemas.ts";

type Said = Omit<RecurringPatch, "template">;

/** What a draft is before anything is said. */
export const scheduleDefaults = {
  cycles: null,
  autoBill: "off",
  autoBillOn: "due",
  autoSend: true,
  dueDays: null,
} as const satisfies Partial<RecurringTerms>;

/** The fields of the schedule that were said. */
export function saidOfSchedule(body: Said): Partial<RecurringTerms> {
  const { frequency, startOn, cycles, autoBill, autoBillOn, autoSend, dueDays } = body;
  const all = { frequency, startOn, cycles, autoBill, autoBillOn, autoSend, dueDays };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What of the template decides about money, beside its lines. */
export function amountsOf(
  template: DocumentTerms,
): Pick<Recurring, "customer" | "isRetainer" | "currency" | "total"> {
  const { totals } = orRefuse(totalTerms(template));
  const { customer, isRetainer, currency } = template;
  return { customer, isRetainer, currency, total: totals.total };
}

/** The language of the day is the customer's unless the template names one. */
export const templateOf = (terms: DocumentTerms, customer: Customer): DocumentTerms => ({
  ...terms,
  number: null,
  slug: null,
  lang: terms.lang === customer.lang ? null : terms.lang,
});

/** A field of the template is named where it stands in the body. */
export const inTemplate = <T>(work: () => T | Promise<T>): Promise<T> =>
  repointed((pointer) => pointer.replace(/^#/, "#/template"), work);

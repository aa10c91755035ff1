import { loadCredit } from "../../../domain/billing/credit.store.ts";
import { type Credit, creditSchema } from "../../../domain/billing/credit.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Item } from "../../../domain/shared/table.store.ts";
import type { Call } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";

export async function requireCredit(call: Call): Promise<Credit> {
  const credit = await loadCredit(call.tenant, call.params.id ?? "");
  if (!credit) throw new Refused(refuse("credit.not-found", "There is no such credit."));
  return credit;
}

export function creditView(credit: Credit) {
  const major = (amount: number) => toMajor(amount, credit.currency);
  return {
    id: credit.id,
    number: credit.number,
    customer: credit.customer,
    status: credit.status,
    currency: credit.currency,
    amount: major(credit.amount),
    tax: major(credit.tax),
    applied: major(credit.applied),
    balance: major(credit.balance),
    reason: credit.reason,
    invoice: credit.invoice,
    date: credit.date,
    expiresOn: credit.expiresOn,
    issuedAt: credit.issuedAt,
    voidedAt: credit.voidedAt,
    createdAt: credit.createdAt,
    updatedAt: credit.updatedAt,
    version: credit.version,
  };
}

export const creditFromIndex = (item: Item) => creditView(creditSchema.parse(item));

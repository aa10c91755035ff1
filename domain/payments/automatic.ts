import { balanceOf, type Invoice } from "../billing/invoice.ts";
import type { Account, OpenMoney } from "../customers/account.ts";
import type { Id } from "../shared/ids.ts";
import type { AutoApply } from "../shared/terms.ts";
import type { ApplyLine } from "./apply.ts";

/** One issue draws from at most so many sources; staff can ask for more afterwards. */
export const automaticSourcesMax = 20;

export interface ApplyPolicy {
  /** `ask` and `off` draw nothing by themselves; `off` keeps credits, too. */
  readonly autoApply: AutoApply;
  readonly useCredits: "always" | "off";
}

/**
 * Which open money an invoice draws, and in which order: credits by expiry, then money kept for one of
 * its tags, then other money, each oldest first.
 */
export function planApplication(
  account: Account,
  invoice: Invoice,
  choice: { readonly today: string; readonly credits: boolean },
): ApplyLine[] {
  const lines: ApplyLine[] = [];
  let need = balanceOf(invoice);
  const draw = (left: number, source: { payment: Id<"payment"> } | { credit: Id<"credit"> }) => {
    const amount = Math.min(left, need);
    if (amount === 0 || lines.length === automaticSourcesMax) return;
    lines.push({ ...source, invoice: invoice.id, amount });
    need -= amount;
  };
  for (const open of choice.credits ? account.openCredits : []) {
    const expired = open.expiresOn !== null && open.expiresOn < choice.today;
    if (open.currency === invoice.currency && !expired) draw(open.balance, { credit: open.credit });
  }
  for (const open of moneyFor(account, invoice)) draw(open.unapplied, { payment: open.payment });
  return lines;
}

function moneyFor(account: Account, invoice: Invoice): OpenMoney[] {
  const usable = account.openMoney.filter(({ currency }) => currency === invoice.currency);
  const kept = usable.filter(({ scope }) => scope.some((tag) => invoice.tags.includes(tag)));
  return [...kept, ...usable.filter(({ scope }) => scope.length === 0)];
}

/** The nearest word wins: the invoice's, then the customer's, then the agency's. */
export function policyFor(
  invoice: { readonly autoApply: AutoApply | null },
  customer: { readonly autoApply: AutoApply | null },
  settings: ApplyPolicy,
): ApplyPolicy {
  return {
    autoApply: invoice.autoApply ?? customer.autoApply ?? settings.autoApply,
    useCredits: settings.useCredits,
  };
}

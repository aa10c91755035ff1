import type { Agency } from "../../../domain/agencies/agency.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { saveIntent } from "../../../domain/payments/intent.store.ts";
import { type IntentStart, newIntent } from "../../../domain/payments/intent.ts";
import { moneyOf } from "../../../domain/payments/intent-money.ts";
import { saveLedger } from "../../../domain/payments/ledger.store.ts";
import type { Books, LedgerContext } from "../../../domain/payments/ledger.ts";
import { methodWords } from "../../../domain/payments/method-words.ts";
import type { Payment } from "../../../domain/payments/payment.ts";
import { awaitPayment } from "../../../domain/payments/pending.ts";
import type { SavedMethod } from "../../../domain/payments/stripe-methods.gateway.ts";
import { isMissing } from "../../../domain/payments/stripe-problem.ts";
import { type Refusal, refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import type { Deps } from "../../kit/deps.ts";
import { Refused } from "../../kit/refused.ts";
import { orRefusedByStripe, requireStripeAccount } from "./stripe-account.ts";
import { stripeCustomerOf } from "./stripe-customer.ts";

/** The customer's saved methods as Stripe has them now; none without an account. */
export async function savedMethodsOf(
  deps: Pick<Deps, "stripe">,
  agency: Pick<Agency, "stripe">,
  customer: Customer,
): Promise<SavedMethod[]> {
  const account = agency.stripe?.account;
  const atStripe = account ? stripeCustomerOf(customer, account) : null;
  if (!account || !atStripe) return [];
  const stripe = await deps.stripe();
  return orRefusedByStripe(() =>
    stripe.listMethods({ account }, atStripe).catch((error: unknown) => {
      // Deleted at Stripe, with its methods.
      if (isMissing(error)) return [];
      throw error;
    }),
  );
}

/** The method that the caller names, else the customer's default one. */
export async function requireMethod(
  deps: Pick<Deps, "stripe">,
  { agency, customer }: { readonly agency: Agency; readonly customer: Customer },
  wanted: string | null,
): Promise<SavedMethod> {
  requireStripeAccount(agency);
  const saved = await savedMethodsOf(deps, agency, customer);
  const found = saved.find(({ id, isDefault }) => (wanted ? id === wanted : isDefault));
  if (found) return found;
  throw wanted ? methodNotFound() : methodNotFound("No method is saved.");
}

export const methodNotFound = (detail = "The customer has no such payment method."): Refused =>
  new Refused(refuse("payment-method.not-found", detail));

export type ChargeRequest = Omit<IntentStart, "method" | "save" | "returns" | "mayOverpay"> & {
  readonly method: SavedMethod;
};

export type PlannedCharge =
  | { readonly ok: true; readonly payment: Payment; readonly writes: readonly GuardedWrite[] }
  | Refusal;

/**
 * Stores what is to be charged and the payment that waits for it, Pending; `payment.pending` makes
 * a consumer ask Stripe. `books` hold the documents that are paid. For auto-billing, too.
 */
export function planCharge(
  tenant: Tenant,
  { request, books }: { readonly request: ChargeRequest; readonly books: Books },
  context: LedgerContext,
): PlannedCharge {
  const start = { ...request, method: request.method.id, save: false, returns: null };
  const made = newIntent({ ...start, mayOverpay: false }, context.now);
  if (!made.ok) return made;
  const { kind, detail } = methodWords(request.method);
  const facts = {
    amount: made.intent.amount,
    method: kind,
    reference: detail,
    receivedAt: context.now,
    stripe: null,
  };
  const decided = awaitPayment(books, moneyOf(made.intent, facts, books.invoices), context);
  if (!decided.ok) return decided;
  const payment = decided.changes.payments.find(({ id }) => id === made.intent.id);
  if (!payment) throw new Error("an awaited payment is always a change");
  const writes = [saveIntent(tenant, made.intent), ...saveLedger(tenant, decided.changes)];
  return { ok: true, payment, writes };
}

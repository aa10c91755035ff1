import type { Agency } from "../../domain/agencies/agency.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import type { Charging } from "../../domain/payments/charging.ts";
import { loadBooks } from "../../domain/payments/ledger.store.ts";
import type { Prepayment } from "../../domain/portal/prepayment.ts";
import type { LastError } from "../../domain/recurring/recurring.ts";
import type { Currency } from "../../domain/shared/currencies.ts";
import { newId } from "../../domain/shared/ids.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { planCharge, requireMethod } from "../api/payments/charge-method.ts";
import { requireStripeAccount } from "../api/payments/stripe-account.ts";
import type { DueWork } from "../kit/due.ts";
import { orRefuse, Refused } from "../kit/refused.ts";

export interface SavedCharge {
  readonly customer: string;
  /** Empty: money ahead. */
  readonly invoices: readonly Invoice[];
  /** Null: all that the invoices ask for. */
  readonly amount: number | null;
  readonly currency: Currency;
  readonly charging: Charging;
  readonly prepayment: Pick<Prepayment, "id" | "note" | "paymentMethod"> | null;
}

export type ChargePlan =
  | { readonly ok: true; readonly writes: readonly GuardedWrite[] }
  | { readonly ok: false; readonly error: LastError };

/**
 * Stores the intent of a charge without its payer; Stripe is asked by a consumer once it is stored.
 * What can't even be tried is told as an error; where Stripe doesn't answer, it throws.
 */
export async function planSavedCharge(work: DueWork, charge: SavedCharge): Promise<ChargePlan> {
  const agency = await work.agency();
  const customer = await loadCustomer(work.tenant, charge.customer);
  try {
    if (!customer || customer.archived) {
      throw new Refused(refuse("customer.archived", "The customer is archived."));
    }
    return { ok: true, writes: await planned(work, charge, { agency, customer }) };
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code === "stripe.unavailable") throw error;
    const { code, detail } = error.refusal;
    return { ok: false, error: { at: work.now, code, detail } };
  }
}

async function planned(
  work: DueWork,
  { invoices, amount, currency, charging, prepayment }: SavedCharge,
  { agency, customer }: { readonly agency: Agency; readonly customer: Customer },
): Promise<readonly GuardedWrite[]> {
  const account = requireStripeAccount(agency);
  const wanted = prepayment?.paymentMethod ?? null;
  const method = await requireMethod(work.deps, { agency, customer }, wanted);
  const books = await loadBooks(work.tenant, { customer: customer.id });
  const request = {
    id: newId("payment", Date.parse(work.now), work.deps.random(10)),
    customer: customer.id,
    ...{ account, invoices, amount, currency, method, charging },
    purpose: prepayment ? ("prepayment" as const) : ("charge" as const),
    notes: prepayment?.note ?? null,
    prepayment: prepayment?.id ?? null,
  };
  const context = work.ledgerContext(agency);
  const { writes } = orRefuse(
    planCharge(work.tenant, { request, books: { ...books, invoices } }, context),
  );
  return writes;
}

import type { Invoice } from "../../domain/billing/invoice.ts";
import { loadQuoteHeads } from "../../domain/billing/quote.store.ts";
import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import { mayOpen } from "../../domain/portal/session.ts";
import { toMajor } from "../../domain/shared/money.ts";
import { paidFrom, type Sources } from "../documents/paid-from.ts";
import type { Call } from "../kit/operation.ts";
import type { Drawn } from "./invoice-view.ts";

type Place = Pick<Call, "tenant" | "principal">;

/** One record on the way, with its part of the money in minor units where it has one. */
interface Step {
  readonly id: string;
  readonly number: string | null;
  readonly amount: number | null;
  readonly quote?: string | null;
}

interface Steps {
  readonly currency: Invoice["currency"];
  /** Those whose quotes are the trail's. */
  readonly quoted: readonly Pick<Invoice, "quote">[];
  readonly retainers: readonly Invoice[];
  readonly payments: readonly Step[];
  readonly invoices: readonly Step[];
}

/** From the quote over the retainer and its payments to what they paid: the same, seen from each of them. */
export async function trailOf({ tenant, principal }: Place, steps: Steps) {
  const { currency, quoted, retainers, payments, invoices } = steps;
  const { document = null } = principal;
  const ids = [...new Set(quoted.flatMap(({ quote }) => quote ?? []))];
  const quotes = await loadQuoteHeads(tenant, ids);
  const show = ({ id, number, amount, quote = null }: Step) => ({
    ...{ id, number },
    amount: amount === null ? null : toMajor(amount, currency),
    opens: mayOpen({ document }, { id, quote }),
  });
  return {
    quotes: quotes.map(({ id, number }) => show({ id, number, amount: null })),
    retainers: retainers.map(({ total, ...one }) => show({ ...one, amount: total })),
    payments: payments.filter(({ id }) => id !== "").map(show),
    invoices: merged(invoices).map(show),
  };
}

/** One line for each invoice, however often it was paid from. */
function merged(steps: readonly Step[]): Step[] {
  const byId = new Map<string, Step>();
  for (const step of steps) {
    const known = byId.get(step.id);
    byId.set(step.id, { ...step, amount: (known?.amount ?? 0) + (step.amount ?? 0) });
  }
  return [...byId.values()];
}

export async function trailOfDocument(
  call: Place,
  invoice: Invoice,
  { sources, drawn }: { readonly sources: Sources; readonly drawn: readonly Drawn[] },
) {
  const { currency, applications } = invoice;
  if (invoice.isRetainer) {
    const { payments } = paidFrom(invoice, sources);
    const invoices = drawn.map(({ invoice: { id, number }, amount }) => ({ id, number, amount }));
    return trailOf(call, { currency, quoted: [invoice], retainers: [invoice], payments, invoices });
  }
  const ids = [...new Set(applications.flatMap(({ retainer }) => retainer?.id ?? []))];
  const retainers = await loadInvoices(call.tenant, ids);
  const own = { ...invoice, applications: applications.map((one) => ({ ...one, retainer: null })) };
  const { payments } = paidFrom(own, sources);
  const { id, number, quote, paid } = invoice;
  return trailOf(call, {
    ...{ currency, retainers, payments },
    quoted: [invoice, ...retainers],
    invoices: [{ id, number, quote, amount: paid }],
  });
}

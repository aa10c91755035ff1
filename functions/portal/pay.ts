import { balanceOf, type Invoice, isOpen } from "../../domain/billing/invoice.ts";
import { loadBooks } from "../../domain/payments/ledger.store.ts";
import { paymentNumber } from "../../domain/payments/payment.ts";
import { newId } from "../../domain/shared/ids.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { planCharge, requireMethod } from "../api/payments/charge-method.ts";
import { type CheckoutRequest, checkoutSteps } from "../api/payments/checkout-session.ts";
import { requireStripeAccount } from "../api/payments/stripe-account.ts";
import { operationOutside } from "../kit/execute-outside.ts";
import { minorUnits } from "../kit/fields.ts";
import { type Call, type Operation, type Outcome, operation } from "../kit/operation.ts";
import { orRefuse, Refused } from "../kit/refused.ts";
import { enter, type Portal } from "./enter.ts";
import { leastPayment } from "./invoice-view.ts";
import { portalUrl } from "./links.ts";
import { requireOwnInvoice, requireOwnInvoices } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";

interface Payment {
  readonly portal: Portal;
  readonly invoices: readonly Invoice[];
  /** Null: all that they ask for. */
  readonly amount: number | null;
  readonly paymentMethod: string | null;
  readonly save: boolean;
  /** The page that the contact comes back to. */
  readonly page: string;
}

type Read = (call: Call) => Promise<Payment>;

const readOne: Read = async (anyCall) => {
  const call = anyCall as unknown as Call<typeof portalRoutes.payInvoice>;
  const [portal, { invoice }] = await Promise.all([
    enter(anyCall, "invoices", { isDocument: true }),
    requireOwnInvoice(anyCall),
  ]);
  const { amount: asked, paymentMethod = null, save = false } = call.body();
  const amount = asked === undefined ? null : minorUnits(asked, invoice.currency, "#/amount");
  requireOpen(invoice);
  if (amount !== null) requireAllowed(portal, invoice, amount);
  const page = `invoices/${invoice.id}`;
  return { portal, invoices: [invoice], amount, paymentMethod, save, page };
};

const readMany: Read = async (anyCall) => {
  const call = anyCall as unknown as Call<typeof portalRoutes.payInvoices>;
  const portal = await enter(anyCall, "invoices");
  const { invoices: ids, paymentMethod = null, save = false } = call.body();
  const invoices = await requireOwnInvoices(anyCall, ids);
  for (const invoice of invoices) requireOpen(invoice);
  const [only] = ids.length === 1 ? ids : [];
  const page = only ? `invoices/${only}` : "invoices";
  return { portal, invoices, amount: null, paymentMethod, save, page };
};

function requireOpen(invoice: Invoice): void {
  if (isOpen(invoice)) return;
  throw new Refused(refuse("invoice.not-open", `The invoice is ${invoice.status}.`));
}

/** The agency's limits bind the contact here, whatever the page offered. */
function requireAllowed({ agency }: Portal, invoice: Invoice, amount: number): void {
  const balance = balanceOf(invoice);
  const least = leastPayment(agency.settings, invoice) ?? balance;
  if (amount > balance && !agency.settings.overPayment) {
    throw outOfRange("The invoice asks for less than that.");
  }
  if (amount < least) {
    throw outOfRange(least === balance ? "Pay the whole sum." : "Pay a larger part.");
  }
}

const outOfRange = (detail: string): Refused =>
  new Refused(refuse("invoice.amount-out-of-range", detail, [{ pointer: "#/amount", detail }]));

/** With a saved method it is charged; without one the contact goes on to Stripe's page. */
function paying<R extends Operation["route"]>(route: R, read: Read): Operation {
  const onPage = operationOutside(
    route,
    checkoutSteps<R>(async (call) => requestFor(call as unknown as Call, read)),
  );
  const charged = operation(route, (call) => chargeNow(call as unknown as Call, read));
  return {
    route,
    run: (call) => ((hasMethod(call) ? charged : onPage) as Operation).run(call),
  };
}

/** A body that can't be read names none: its refusal comes after that of the path. */
function hasMethod(call: Call): boolean {
  try {
    const { paymentMethod } = (call.body() ?? {}) as { readonly paymentMethod?: string };
    return paymentMethod !== undefined;
  } catch {
    return false;
  }
}

async function requestFor(call: Call, read: Read): Promise<CheckoutRequest> {
  const { portal, invoices, amount, save, page } = await read(call);
  const [first] = invoices;
  if (!first) throw new Error("nothing is to be paid");
  const back = portalUrl(call.deps, portal.agency, page);
  return {
    customer: portal.customer.id,
    currency: first.currency,
    ...{ invoices, amount, save },
    purpose: "checkout",
    mayOverpay: portal.agency.settings.overPayment,
    returns: { success: `${back}?paid=1`, cancel: back },
    notes: null,
    prepayment: null,
  };
}

/** Whoever was sent a document's link may pay it, but not with somebody's saved card. */
async function chargeNow(call: Call, read: Read): Promise<Outcome> {
  if (call.principal.document) {
    throw new Refused(refuse("portal.document-only", "Log in to pay with a saved method."));
  }
  const { portal, invoices, amount, paymentMethod } = await read(call);
  const { agency, customer } = portal;
  const method = await requireMethod(call.deps, { agency, customer }, paymentMethod);
  const [first] = invoices;
  if (!first) throw new Error("nothing is to be paid");
  requireNothingOver(invoices, amount);
  const books = await loadBooks(call.tenant, { customer: customer.id });
  const { payment, writes } = orRefuse(
    planCharge(
      call.tenant,
      {
        request: {
          id: newId("payment", Date.parse(call.now), call.deps.random(10)),
          customer: customer.id,
          account: requireStripeAccount(agency),
          ...{ invoices, amount, method },
          currency: first.currency,
          purpose: "charge",
          notes: null,
          prepayment: null,
        },
        books: { ...books, invoices },
      },
      call.ledgerContext(agency),
    ),
  );
  const { id, status } = payment;
  return { status: 202, body: { payment: id, number: paymentNumber(payment), status }, writes };
}

/** More than is asked for is paid on Stripe's page, where the contact sees the sum again. */
function requireNothingOver(invoices: readonly Invoice[], amount: number | null): void {
  const asked = invoices.reduce((sum, invoice) => sum + balanceOf(invoice), 0);
  if (amount !== null && amount > asked) {
    throw outOfRange("A saved method pays at most what the invoice asks for.");
  }
}

export const payInvoice = paying(portalRoutes.payInvoice, readOne);
export const payInvoices = paying(portalRoutes.payInvoices, readMany);

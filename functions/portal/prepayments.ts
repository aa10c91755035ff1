import { loadIntent } from "../../domain/payments/intent.store.ts";
import { minimumIn } from "../../domain/portal/minimum.ts";
import {
  loadPrepayment,
  loadPrepayments,
  savePrepayment,
} from "../../domain/portal/prepayment.store.ts";
import {
  cancelPrepayment as cancel,
  newPrepayment,
  type Prepayment,
} from "../../domain/portal/prepayment.ts";
import type { Currency } from "../../domain/shared/currencies.ts";
import { newId } from "../../domain/shared/ids.ts";
import { toMajor } from "../../domain/shared/money.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { type CheckoutRequest, checkoutSteps } from "../api/payments/checkout-session.ts";
import { planCycles } from "../due/plan-prepayment.ts";
import { eventOf } from "../kit/event-record.ts";
import { operationOutside } from "../kit/execute-outside.ts";
import { minorUnits } from "../kit/fields.ts";
import { listPage } from "../kit/listing.ts";
import { type Call, operation } from "../kit/operation.ts";
import { invalid, orRefuse, Refused } from "../kit/refused.ts";
import { customerOf, enter, type Portal } from "./enter.ts";
import { portalUrl } from "./links.ts";
import { ownListing } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";

function prepaymentView(prepayment: Prepayment) {
  const { id, status, currency, note, frequency, cycles, cyclesLeft } = prepayment;
  const { startOn, nextOn, createdAt } = prepayment;
  const amount = toMajor(prepayment.amount, currency);
  return {
    ...{ id, status, amount, currency, note, frequency, cycles, cyclesLeft },
    ...{ startOn, nextOn, createdAt },
  };
}

/** Those that repeat. What was sent once is among the payments. */
export const listPrepayments = operation(portalRoutes.listPrepayments, async (call) => {
  await enter(call, "prePayment");
  const query = call.query();
  const listing = { ...ownListing(call, "PRE"), filters: [] };
  const page = await listPage(call.tenant, { listing, query }, ({ id }) => String(id));
  const docs = (await loadPrepayments(call.tenant, page.docs)).map(prepaymentView);
  return { status: 200, body: { ...page, docs } };
});

type CreateCall = Call<typeof portalRoutes.createPrepayment>;

const steps = checkoutSteps<typeof portalRoutes.createPrepayment>(requested);

/**
 * The first payment is made on Stripe's page; the schedule waits for it. It is kept together with the page:
 * where Stripe refuses one, nothing waits.
 */
export const createPrepayment = operationOutside(portalRoutes.createPrepayment, {
  ...steps,
  finish: async (call, subject, page) => {
    const outcome = await steps.finish(call, subject, page);
    const isNew = (outcome.writes ?? []).length > 0;
    const schedule = isNew ? await scheduleOf(call, subject) : null;
    if (!schedule) return outcome;
    const { id, customer } = schedule;
    const event = eventOf(call, { type: "prepayment.created", subject: id, customer });
    const own = [savePrepayment(call.tenant, schedule), event];
    return { ...outcome, writes: [...(outcome.writes ?? []), ...own] };
  },
});

async function scheduleOf(call: CreateCall, intent: string): Promise<Prepayment | null> {
  const kept = await loadIntent(call.tenant, intent);
  const { contact } = call.principal;
  const { recurring } = call.body();
  if (!kept?.prepayment || !recurring || !contact) return null;
  const { prepayment: id, customer, amount, currency, notes: note } = kept;
  return newPrepayment(
    { id, customer, contact, ...{ amount, currency, note, ...recurring } },
    call.now,
  );
}

async function requested(call: CreateCall): Promise<CheckoutRequest> {
  const portal = await enter(call as unknown as Call, "prePayment");
  const { agency, customer } = portal;
  const { amount: asked, note = null, recurring = null, ...body } = call.body();
  const currency = body.currency ?? customer.currency ?? agency.settings.currency;
  requireKnown(portal, currency);
  const amount = minorUnits(asked, currency, "#/amount");
  requireEnough(portal, amount, currency);
  if (recurring && !agency.settings.clientInitiatedPayments.recurring) {
    throw invalid([{ pointer: "#/recurring", detail: "is not offered here" }]);
  }
  const prepayment = recurring
    ? newId("prepayment", Date.parse(call.now), call.deps.random(10))
    : null;
  return requestFor(call, portal, { amount, currency, note, prepayment });
}

function requestFor(
  call: CreateCall,
  { agency, customer }: Portal,
  sent: Pick<CheckoutRequest, "currency"> & {
    readonly amount: number;
    readonly note: string | null;
    readonly prepayment: Prepayment["id"] | null;
  },
): CheckoutRequest {
  const { amount, currency, note: notes, prepayment } = sent;
  const back = portalUrl(call.deps, agency, "pre-payment");
  return {
    customer: customer.id,
    ...{ currency, amount, notes },
    invoices: [],
    purpose: "prepayment",
    // Later cycles are charged without anybody in front of a page.
    save: prepayment !== null,
    mayOverpay: true,
    returns: { success: `${back}?paid=1`, cancel: back },
    prepayment,
  };
}

/** Money in a currency in which the agency never works would only wait. */
function requireKnown({ agency, customer }: Portal, currency: Currency): void {
  if (currency === agency.settings.currency || currency === customer.currency) return;
  throw new Refused(refuse("currency.mismatch", `The agency doesn't take ${currency} here.`));
}

function requireEnough({ agency }: Portal, amount: number, currency: Currency): void {
  const { clientInitiatedPayments, currency: home } = agency.settings;
  const { minimum } = clientInitiatedPayments;
  const least = minimumIn({ amount: minimum, currency: home }, currency);
  if (amount >= least) return;
  const detail = `must be at least ${toMajor(least, currency)} ${currency}`;
  throw new Refused(
    refuse("invoice.amount-out-of-range", detail, [{ pointer: "#/amount", detail }]),
  );
}

export const cancelPrepayment = operation(portalRoutes.cancelPrepayment, async (call) => {
  const [, prepayment] = await Promise.all([enter(call, "prePayment"), requireOwn(call)]);
  call.body();
  const { prepayment: next } = orRefuse(cancel(prepayment, call.now));
  const { id: subject, customer } = next;
  return {
    status: 200,
    body: prepaymentView(next),
    writes: [
      savePrepayment(call.tenant, next),
      ...planCycles(call.tenant, next, (await call.agency()).settings),
      eventOf(call, { type: "prepayment.canceled", subject, customer }),
    ],
  };
});

async function requireOwn(call: Call): Promise<Prepayment> {
  const found = await loadPrepayment(call.tenant, call.params.id ?? "");
  if (found && found.customer === customerOf(call)) return found;
  throw new Refused(refuse("prepayment.not-found", "There is no such pre-payment."));
}

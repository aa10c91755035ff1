import { loadCustomer } from "../../../domain/customers/customer.store.ts";
import { toChargeAmount } from "../../../domain/payments/stripe-amounts.ts";
import { savePrepayment } from "../../../domain/portal/prepayment.store.ts";
import {
  cancelPrepayment as cancel,
  changePrepayment,
  type Prepayment,
  type PrepaymentChange,
  pausePrepayment as pause,
  resumePrepayment as resume,
} from "../../../domain/portal/prepayment.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { planCycles } from "../../due/plan-prepayment.ts";
import { eventOf } from "../../kit/event-record.ts";
import { minorUnits } from "../../kit/fields.ts";
import { type Call, type Outcome, operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { requireCustomer } from "../billing/party.ts";
import { requireMethod } from "../payments/charge-method.ts";
import { requireLiving } from "../recurring/customer.ts";
import { prepaymentRoutes } from "./routes.ts";
import { prepaymentView, requirePrepayment } from "./view.ts";

export const patchPrepayment = operation(prepaymentRoutes.patchPrepayment, async (call) => {
  const before = await requirePrepayment(call);
  const { amount: asked, ...said } = call.body();
  call.requireVersion(before);
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  const change: PrepaymentChange = Object.fromEntries(known);
  const amount = asked === undefined ? undefined : minorUnits(asked, before.currency, "#/amount");
  if (amount !== undefined) orRefuse(toChargeAmount(amount, before.currency));
  if (change.paymentMethod) await requireOwnMethod(call, before, change.paymentMethod);
  const all = amount === undefined ? change : { ...change, amount };
  const { prepayment } = orRefuse(changePrepayment(before, all, call.now));
  return replied(call, prepayment, { type: "prepayment.updated" });
});

async function requireOwnMethod(
  call: Pick<Call, "deps" | "tenant" | "agency">,
  { customer: id }: Prepayment,
  method: string,
): Promise<void> {
  const [agency, customer] = await Promise.all([call.agency(), loadCustomer(call.tenant, id)]);
  if (customer) await requireMethod(call.deps, { agency, customer }, method);
}

type Changing = Pick<Call, "tenant" | "agency" | "now" | "principal" | "seed">;

/** Its due items follow it in the same transaction. */
async function replied(
  call: Changing,
  prepayment: Prepayment,
  event: { readonly type: string; readonly data?: Record<string, unknown> },
): Promise<Outcome> {
  const { settings } = await call.agency();
  const { id: subject, customer } = prepayment;
  return {
    status: 200,
    body: prepaymentView(prepayment),
    writes: [
      savePrepayment(call.tenant, prepayment),
      ...planCycles(call.tenant, prepayment, settings),
      eventOf(call, { ...event, subject, customer }),
    ],
  };
}

export const pausePrepayment = operation(prepaymentRoutes.pausePrepayment, async (call) => {
  const before = await requirePrepayment(call);
  call.body();
  call.requireVersion(before);
  const { prepayment } = orRefuse(pause(before, { now: call.now }));
  return replied(call, prepayment, { type: "prepayment.paused", data: { code: null } });
});

export const resumePrepayment = operation(prepaymentRoutes.resumePrepayment, async (call) => {
  const before = await requirePrepayment(call);
  const command = call.body();
  call.requireVersion(before);
  requireLiving(await requireCustomer(call, before.customer));
  const { settings } = await call.agency();
  const today = dayIn(call.now, settings.timeZone);
  const { prepayment } = orRefuse(resume(before, command, { now: call.now, today }));
  return replied(call, prepayment, { type: "prepayment.resumed" });
});

export const cancelPrepayment = operation(prepaymentRoutes.cancelPrepayment, async (call) => {
  const before = await requirePrepayment(call);
  call.body();
  call.requireVersion(before);
  const { prepayment } = orRefuse(cancel(before, call.now));
  return replied(call, prepayment, { type: "prepayment.canceled" });
});

import { toChargeAmount } from "../../../domain/payments/stripe-amounts.ts";
import { savePrepayment } from "../../../domain/portal/prepayment.store.ts";
import { beginPrepayment, newPrepayment } from "../../../domain/portal/prepayment.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { planCycles } from "../../due/plan-prepayment.ts";
import { eventOf } from "../../kit/event-record.ts";
import { minorUnits } from "../../kit/fields.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { requireParty } from "../billing/party.ts";
import { requireMethod } from "../payments/charge-method.ts";
import { requireLiving } from "../recurring/customer.ts";
import { prepaymentRoutes } from "./routes.ts";
import { prepaymentView } from "./view.ts";

/** Agreed with the customer, who has a saved method: without one nothing could ever be charged. */
export const createPrepayment = operation(prepaymentRoutes.createPrepayment, async (call) => {
  const body = call.body();
  const { frequency, startOn, cycles = null, paymentMethod = null, note = null } = body;
  const [agency, party] = await Promise.all([call.agency(), requireParty(call, body.customer)]);
  const { customer } = party;
  requireLiving(customer);
  const currency = body.currency ?? customer.currency ?? agency.settings.currency;
  const amount = minorUnits(body.amount, currency, "#/amount");
  orRefuse(toChargeAmount(amount, currency));
  await requireMethod(call.deps, { agency, customer }, paymentMethod);
  const id = newId("prepayment", Date.parse(call.now), call.deps.random(10));
  const given = { id, customer: customer.id, contact: null, amount, currency, note };
  const fresh = { ...newPrepayment({ ...given, frequency, cycles }, call.now), paymentMethod };
  const today = dayIn(call.now, agency.settings.timeZone);
  const command = { startOn, catchUp: body.catchUp ?? null };
  const begun = orRefuse(beginPrepayment(fresh, command, { now: call.now, today }));
  const prepayment = { ...begun.prepayment, version: 1 };
  const event = { type: "prepayment.created", subject: id, customer: customer.id };
  return {
    status: 201,
    body: prepaymentView(prepayment),
    writes: [
      ...party.writes,
      savePrepayment(call.tenant, prepayment),
      ...planCycles(call.tenant, prepayment, agency.settings),
      eventOf(call, { ...event, also: [{ type: "prepayment.started", subject: id }] }),
    ],
  };
});

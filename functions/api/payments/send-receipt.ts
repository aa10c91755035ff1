import { refuse } from "../../../domain/shared/refusals.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requireReachable } from "../../mail/reachable.ts";
import { requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";

/** Only money that came has a receipt. */
export const sendReceipt = operation(paymentsRoutes.sendReceipt, async (call) => {
  const payment = await requirePayment(call);
  const { email = null } = call.body();
  if (["Pending", "Failed", "Void"].includes(payment.status)) {
    throw new Refused(refuse("payment.not-available", `The payment is ${payment.status}.`));
  }
  await requireReachable(call.tenant, email);
  const { id: subject, customer } = payment;
  const data = { email };
  return {
    status: 202,
    writes: [eventOf(call, { type: "payment.receipt-asked", subject, customer, data })],
  };
});

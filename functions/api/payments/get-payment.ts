import { listApplications } from "../../../domain/payments/payment.store.ts";
import { operation } from "../../kit/operation.ts";
import { paymentReply, requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";
import { applicationsShownMax } from "./view.ts";

export const getPayment = operation(paymentsRoutes.getPayment, async (call) => {
  const source = { payment: call.params.id ?? "" };
  const known = listApplications(call.tenant, source, applicationsShownMax);
  const [payment] = await Promise.all([requirePayment(call), known]);
  return paymentReply(call, payment, { known });
});

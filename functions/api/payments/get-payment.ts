import { operation } from "../../kit/operation.ts";
import { paymentReply, requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";

export const getPayment = operation(paymentsRoutes.getPayment, async (call) =>
  paymentReply(call, await requirePayment(call)),
);

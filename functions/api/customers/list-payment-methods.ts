import { operation } from "../../kit/operation.ts";
import { stripeRoutes } from "../agencies/stripe-routes.ts";
import { requireCustomer } from "../billing/party.ts";
import { savedMethodsOf } from "../payments/charge-method.ts";

/** Those saved on an account that was connected before are not listed: nobody could charge them. */
export const listPaymentMethods = operation(stripeRoutes.listPaymentMethods, async (call) => {
  const customer = await requireCustomer(call, call.params.id ?? "");
  const docs = await savedMethodsOf(call.deps, await call.agency(), customer);
  return { status: 200, body: { docs } };
});

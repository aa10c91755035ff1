import { reserveInternalId, saveCustomer } from "../../../domain/customers/customer.store.ts";
import { newCustomer } from "../../../domain/customers/customer.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { customersRoutes } from "./routes.ts";
import { termsFrom } from "./terms.ts";
import { customerView } from "./view.ts";

export const createCustomer = operation(customersRoutes.createCustomer, async (call) => {
  const { tenant, now } = call;
  const id = newId("customer", Date.parse(now), call.deps.random(10));
  const customer = newCustomer(termsFrom(call.body()), { id, now });
  return {
    status: 201,
    body: customerView(customer),
    writes: [
      saveCustomer(tenant, customer),
      ...reserveInternalId(tenant, customer),
      eventOf(call, { type: "customer.created", subject: id, customer: id }),
    ],
  };
});

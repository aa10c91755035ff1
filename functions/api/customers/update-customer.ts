import {
  releaseInternalId,
  reserveInternalId,
  saveCustomer,
} from "../../../domain/customers/customer.store.ts";
import {
  type Customer,
  type CustomerChange,
  changeCustomer,
} from "../../../domain/customers/customer.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, type Outcome, operation } from "../../kit/operation.ts";
import { requirePathCustomer } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import { changeFrom, termsFrom } from "./terms.ts";
import { customerView } from "./view.ts";

/** PUT: what isn't said is reset, but an archived customer stays archived. */
export const replaceCustomer = operation(customersRoutes.replaceCustomer, async (call) => {
  const before = await requirePathCustomer(call);
  const { archived } = before;
  return change(call, before, { ...termsFrom(call.body()), archived });
});

/** PATCH: what isn't said stays. */
export const patchCustomer = operation(customersRoutes.patchCustomer, async (call) => {
  const before = await requirePathCustomer(call);
  return change(call, before, changeFrom(before, call.body()));
});

function change(call: Call, before: Customer, wanted: CustomerChange): Outcome {
  call.requireVersion(before);
  const { tenant, now } = call;
  const { customer, changed } = changeCustomer(before, wanted, now);
  const reply = { status: 200, body: customerView(customer) };
  if (changed.length === 0) return reply;
  const { id } = customer;
  const movesId = changed.includes("internalId");
  return {
    ...reply,
    writes: [
      saveCustomer(tenant, customer),
      ...(movesId ? [...releaseInternalId(tenant, before)] : []),
      ...(movesId ? [...reserveInternalId(tenant, customer)] : []),
      eventOf(call, {
        type: "customer.updated",
        subject: id,
        customer: id,
        data: { changed: [...changed] },
      }),
    ],
  };
}

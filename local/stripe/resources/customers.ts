import type Stripe from "stripe";
import type * as z from "zod";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { invalid } from "../kit/failure.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import {
  createdRange,
  emptyable,
  type Known,
  mergeMetadata,
  metadata,
  object,
  paging,
  params,
  text,
} from "../kit/params.ts";
import type { World } from "../kit/world.ts";
import { addressOf } from "../objects/address.ts";
import { makeCustomer } from "../objects/customer.ts";
import { attachMethod, detachMethod, resolveMethod } from "../payments/methods.ts";

const address = emptyable(
  object({
    city: text().optional(),
    country: text().optional(),
    line1: text().optional(),
    line2: text().optional(),
    postal_code: text().optional(),
    state: text().optional(),
  }),
);
const invoiceSettings = object({ default_payment_method: emptyable(text()).optional() });
const fields = {
  name: emptyable(text(256)).optional(),
  email: emptyable(text(512)).optional(),
  phone: emptyable(text(20)).optional(),
  description: emptyable(text()).optional(),
  address: address.optional(),
  metadata: metadata().optional(),
  invoice_settings: invoiceSettings.optional(),
};

const createParams = params({
  ...fields,
  payment_method: text().optional(),
} satisfies Known<Stripe.CustomerCreateParams>);
const updateParams = params(fields satisfies Known<Stripe.CustomerUpdateParams>);
const listParams = params({
  ...paging,
  created: createdRange().optional(),
  email: text().optional(),
} satisfies Known<Stripe.CustomerListParams>);

export const customerEndpoints: Endpoint[] = [
  endpoint({ method: "post", path: "/v1/customers", params: createParams, run: createCustomer }),
  endpoint({
    method: "get",
    path: "/v1/customers",
    params: listParams,
    run(world, { created, email, ...page }) {
      const matching = world
        .list("customer")
        .filter((customer) => isCreatedIn(created, customer.created))
        .filter((customer) => email === undefined || customer.email === email);
      return pageOf(matching, page, "/v1/customers");
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/customers/:id",
    params: params({}),
    run: (world, _params, { id }) =>
      world.find("deleted_customer", id) ?? world.need("customer", id),
  }),
  endpoint({
    method: "post",
    path: "/v1/customers/:id",
    params: updateParams,
    run: (world, change, { id }) => updateCustomer(world, world.need("customer", id), change),
  }),
  endpoint({
    method: "delete",
    path: "/v1/customers/:id",
    params: params({}),
    run: (world, _params, { id }) => deleteCustomer(world, world.need("customer", id)),
  }),
  endpoint({
    method: "get",
    path: "/v1/customers/:id/payment_methods",
    params: params({ ...paging, type: text().optional() }),
    run(world, { type, ...page }, { id }) {
      world.need("customer", id);
      const methods = methodsOf(world, id).filter(
        (method) => (type ?? method.type) === method.type,
      );
      return pageOf(methods, page, `/v1/customers/${id}/payment_methods`);
    },
  }),
];

export function methodsOf(world: World, customer: string): Stripe.PaymentMethod[] {
  return world.list("payment_method").filter((method) => method.customer === customer);
}

function createCustomer(world: World, given: z.output<typeof createParams>): Stripe.Customer {
  const method =
    given.payment_method === undefined
      ? undefined
      : resolveMethod(world, given.payment_method, "payment_method");
  const customer = makeCustomer(world, {
    name: given.name ?? null,
    email: given.email ?? null,
    phone: given.phone ?? null,
    description: given.description ?? null,
    address: addressOf(given.address),
    metadata: mergeMetadata({}, given.metadata),
  });
  if (method !== undefined) attachMethod(world, method, customer.id);
  const chosen = given.invoice_settings?.default_payment_method ?? null;
  if (chosen === null) return customer;
  return updateCustomer(world, customer, { invoice_settings: { default_payment_method: chosen } });
}

function updateCustomer(
  world: World,
  customer: Stripe.Customer,
  change: z.output<typeof updateParams>,
): Stripe.Customer {
  const { name, email, phone, description, invoice_settings: settings } = change;
  const next: Stripe.Customer = {
    ...customer,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(description === undefined ? {} : { description }),
    ...(change.address === undefined ? {} : { address: addressOf(change.address) }),
    metadata: mergeMetadata(customer.metadata, change.metadata),
    invoice_settings: withDefaultMethod(world, customer, settings?.default_payment_method),
  };
  world.put("customer", customer.id, next);
  world.emit("customer.updated", next, changed(customer, next));
  return next;
}

function withDefaultMethod(
  world: World,
  customer: Stripe.Customer,
  method: string | null | undefined,
): Stripe.Customer.InvoiceSettings {
  const settings = customer.invoice_settings;
  if (method === undefined) return settings;
  const isTheirs =
    method === null || world.find("payment_method", method)?.customer === customer.id;
  if (!isTheirs) {
    throw invalid(
      `The customer does not have a payment method with the ID ${method}. The payment method must ` +
        "be attached to the customer.",
      { code: "resource_missing", param: "invoice_settings[default_payment_method]" },
    );
  }
  return { ...settings, default_payment_method: method };
}

/** The old values of what changed, as events tell them. */
function changed(before: Stripe.Customer, after: Stripe.Customer): object {
  const entries = Object.entries(before).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(after[name as keyof Stripe.Customer]),
  );
  return Object.fromEntries(entries);
}

function deleteCustomer(world: World, customer: Stripe.Customer): Stripe.DeletedCustomer {
  for (const method of methodsOf(world, customer.id)) detachMethod(world, method);
  const deleted: Stripe.DeletedCustomer = { id: customer.id, object: "customer", deleted: true };
  world.remove("customer", customer.id);
  world.put("deleted_customer", customer.id, deleted);
  world.emit("customer.deleted", customer);
  return deleted;
}

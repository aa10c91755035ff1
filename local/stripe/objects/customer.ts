import type Stripe from "stripe";
import type { World } from "../kit/world.ts";

export interface CustomerStart {
  name: string | null;
  email: string | null;
  phone: string | null;
  description: string | null;
  address: Stripe.Address | null;
  metadata: Record<string, string>;
}

export const blankCustomer: CustomerStart = {
  name: null,
  email: null,
  phone: null,
  description: null,
  address: null,
  metadata: {},
};

/** Makes and announces a customer. */
export function makeCustomer(world: World, start: CustomerStart): Stripe.Customer {
  const id = world.newId("cus", 14);
  const customer: Stripe.Customer = {
    id,
    object: "customer",
    address: start.address,
    balance: 0,
    created: world.nowS,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: start.description,
    discount: null,
    email: start.email,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: start.metadata,
    name: start.name,
    next_invoice_sequence: 1,
    phone: start.phone,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
  world.put("customer", id, customer);
  world.emit("customer.created", customer);
  return customer;
}

import type Stripe from "stripe";
import type { World } from "../kit/world.ts";

export interface LineItemStart {
  name: string;
  currency: string;
  unitAmount: number;
  quantity: number;
  metadata: Record<string, string>;
}

export function newLineItem(world: World, start: LineItemStart): Stripe.LineItem {
  const { currency, unitAmount, quantity } = start;
  const total = unitAmount * quantity;
  return {
    id: world.newId("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency,
    description: start.name,
    metadata: start.metadata,
    price: newPrice(world, currency, unitAmount),
    quantity,
  };
}

function newPrice(world: World, currency: string, unitAmount: number): Stripe.Price {
  return {
    id: world.newId("price"),
    object: "price",
    active: false,
    billing_scheme: "per_unit",
    created: world.nowS,
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: world.newId("prod", 14),
    recurring: null,
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: unitAmount,
    // On the wire a decimal is text.
    unit_amount_decimal: String(unitAmount) as unknown as Stripe.Decimal,
  };
}

import { contract, plain } from "./contract.ts";

export const stripeEventReceived = contract(
  "stripe.event-received",
  "Stripe reported something; its event is stored under this id.",
  plain,
);

import { contract } from "./contract.ts";
import { paymentMethodData } from "./payment-method-saved.ts";

export const paymentMethodUpdated = contract(
  "payment-method.updated",
  "A bank replaced a saved card, or its expiry changed.",
  paymentMethodData,
);

import { contract } from "./contract.ts";
import { paymentMethodData } from "./payment-method-saved.ts";

export const paymentMethodRemoved = contract(
  "payment-method.removed",
  "A saved card or bank account was removed.",
  paymentMethodData,
);

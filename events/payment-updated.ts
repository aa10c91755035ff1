import { contract, plain } from "./contract.ts";

export const paymentUpdated = contract(
  "payment.updated",
  "A payment's notes or reference changed.",
  plain,
);

import { contract, plain } from "./contract.ts";

export const prepaymentCreated = contract(
  "prepayment.created",
  "A contact wants to send money again and again; its first payment is still to come.",
  plain,
);

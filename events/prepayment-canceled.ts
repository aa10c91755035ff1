import { contract, plain } from "./contract.ts";

export const prepaymentCanceled = contract(
  "prepayment.canceled",
  "A pre-payment won't be repeated any more.",
  plain,
);

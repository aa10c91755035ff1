import { contract, plain } from "./contract.ts";

export const prepaymentStarted = contract(
  "prepayment.started",
  "The first payment of a repeated pre-payment came; its cycles count from that day.",
  plain,
);

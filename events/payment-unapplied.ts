import { contract, journalData } from "./contract.ts";

export const paymentUnapplied = contract(
  "payment.unapplied",
  "Applications were undone; their money is unapplied again.",
  journalData,
);

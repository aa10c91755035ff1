import { contract, journalData } from "./contract.ts";

export const paymentApplied = contract(
  "payment.applied",
  "Money paid an invoice, or a part of it.",
  journalData,
);

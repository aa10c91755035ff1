import { contract, journalData } from "./contract.ts";

export const creditApplied = contract(
  "credit.applied",
  "Credit paid an invoice, or a part of it.",
  journalData,
);

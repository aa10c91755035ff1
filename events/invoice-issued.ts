import { contract, journalData } from "./contract.ts";

export const invoiceIssued = contract(
  "invoice.issued",
  "An invoice or retainer left Draft and got its number.",
  journalData,
);

import { contract, maybeJournalData } from "./contract.ts";

export const invoiceUpdated = contract(
  "invoice.updated",
  "An invoice's or retainer's terms changed.",
  maybeJournalData,
);

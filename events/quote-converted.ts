import { contract, maybeJournalData } from "./contract.ts";

export const quoteConverted = contract(
  "quote.converted",
  "A quote became an invoice or retainer.",
  maybeJournalData,
);

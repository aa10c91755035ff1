import { contract, maybeJournalData } from "./contract.ts";

export const recurringIssued = contract(
  "recurring.issued",
  "An occurrence of a recurring invoice was made.",
  maybeJournalData,
);

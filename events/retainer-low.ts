import { contract, maybeJournalData } from "./contract.ts";

export const retainerLow = contract(
  "retainer.low",
  "A customer's retainer balance fell to its threshold; once per dip.",
  maybeJournalData,
);

import { contract, maybeJournalData } from "./contract.ts";

export const prepaymentCharged = contract(
  "prepayment.charged",
  "A cycle of a pre-payment was charged.",
  maybeJournalData,
);

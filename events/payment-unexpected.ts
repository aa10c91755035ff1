import { contract, journalData } from "./contract.ts";

export const paymentUnexpected = contract(
  "payment.unexpected",
  "Money arrived that its document couldn't take; it stays unapplied.",
  journalData,
);

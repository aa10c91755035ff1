import { contract, journalData } from "./contract.ts";

export const paymentPending = contract(
  "payment.pending",
  "A bank debit is on its way; nothing is booked yet.",
  journalData,
);

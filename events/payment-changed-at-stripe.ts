import { contract, journalData } from "./contract.ts";

export const paymentChangedAtStripe = contract(
  "payment.changed-at-stripe",
  "A refund or dispute that began at Stripe moved applied money.",
  journalData,
);

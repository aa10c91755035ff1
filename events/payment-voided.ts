import { contract, journalData } from "./contract.ts";

export const paymentVoided = contract(
  "payment.voided",
  "A mistaken entry was taken back, as if it never was.",
  journalData,
);

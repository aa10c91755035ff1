import { contract, journalData } from "./contract.ts";

export const retainerRefunded = contract(
  "retainer.refunded",
  "Money of a retainer was given back.",
  journalData,
);

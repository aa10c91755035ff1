import { contract, journalData } from "./contract.ts";

export const creditVoided = contract(
  "credit.voided",
  "What was left of a credit was taken back.",
  journalData,
);

import { contract, journalData } from "./contract.ts";

export const retainerFunded = contract(
  "retainer.funded",
  "Money was received for a retainer.",
  journalData,
);

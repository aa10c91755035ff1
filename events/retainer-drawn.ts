import { contract, journalData } from "./contract.ts";

export const retainerDrawn = contract(
  "retainer.drawn",
  "An invoice drew on a retainer.",
  journalData,
);

import { contract, journalData } from "./contract.ts";

export const creditIssued = contract(
  "credit.issued",
  "A credit may be used from now on.",
  journalData,
);

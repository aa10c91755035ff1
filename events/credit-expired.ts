import { contract, journalData } from "./contract.ts";

export const creditExpired = contract(
  "credit.expired",
  "A credit's last day passed; what was left of it is gone.",
  journalData,
);

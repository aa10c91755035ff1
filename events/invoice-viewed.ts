import { contract, plain } from "./contract.ts";

export const invoiceViewed = contract(
  "invoice.viewed",
  "A contact opened an invoice or retainer for the first time.",
  plain,
);

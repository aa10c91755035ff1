import { contract, journalData } from "./contract.ts";

export const invoicePaid = contract(
  "invoice.paid",
  "Nothing is due on an invoice or retainer any more.",
  journalData,
);

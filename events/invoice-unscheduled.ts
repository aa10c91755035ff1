import { contract, plain } from "./contract.ts";

export const invoiceUnscheduled = contract(
  "invoice.unscheduled",
  "A planned mail was taken back.",
  plain,
);

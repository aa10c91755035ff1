import { contract, plain } from "./contract.ts";

export const invoiceOverdue = contract(
  "invoice.overdue",
  "An open invoice or retainer passed its due day.",
  plain,
);

import { contract, plain } from "./contract.ts";

export const invoiceCreated = contract(
  "invoice.created",
  "A draft invoice or retainer was made.",
  plain,
);

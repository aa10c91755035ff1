import { contract, plain } from "./contract.ts";

export const quoteApproved = contract(
  "quote.approved",
  "A quote was approved by a contact, or by staff on the customer's word.",
  plain,
);

import { contract, plain } from "./contract.ts";

export const quoteMarkedSent = contract(
  "quote.marked-sent",
  "A quote was made valid without a mail.",
  plain,
);

import { contract, plain } from "./contract.ts";

export const quoteExpired = contract(
  "quote.expired",
  "A quote's last day passed without an answer.",
  plain,
);

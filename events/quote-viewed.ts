import { contract, plain } from "./contract.ts";

export const quoteViewed = contract(
  "quote.viewed",
  "A contact opened a quote for the first time.",
  plain,
);

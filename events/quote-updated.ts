import { contract, plain } from "./contract.ts";

export const quoteUpdated = contract("quote.updated", "A quote's terms changed.", plain);

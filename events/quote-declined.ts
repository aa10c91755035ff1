import { contract, plain } from "./contract.ts";

export const quoteDeclined = contract("quote.declined", "A quote was declined.", plain);

import { contract, plain } from "./contract.ts";

export const quoteDeleted = contract("quote.deleted", "A draft quote was deleted.", plain);

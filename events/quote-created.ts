import { contract, plain } from "./contract.ts";

export const quoteCreated = contract("quote.created", "A draft quote was made.", plain);

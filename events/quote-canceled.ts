import { contract, plain } from "./contract.ts";

export const quoteCanceled = contract("quote.canceled", "A quote was withdrawn.", plain);

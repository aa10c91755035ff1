import { contract, plain } from "./contract.ts";

export const quoteSent = contract("quote.sent", "A quote is mailed to its contacts.", plain);

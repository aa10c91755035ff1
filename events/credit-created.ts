import { contract, plain } from "./contract.ts";

export const creditCreated = contract("credit.created", "A draft credit was made.", plain);

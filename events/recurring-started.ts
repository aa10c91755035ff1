import { contract, plain } from "./contract.ts";

export const recurringStarted = contract("recurring.started", "A recurring invoice runs.", plain);

import { contract, plain } from "./contract.ts";

export const agencyCreated = contract("agency.created", "An agency was opened.", plain);

import { contract, plain } from "./contract.ts";

export const invoiceDeleted = contract("invoice.deleted", "A draft was deleted.", plain);

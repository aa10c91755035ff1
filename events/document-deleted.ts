import { contract, plain } from "./contract.ts";

export const documentDeleted = contract("document.deleted", "A document was deleted.", plain);

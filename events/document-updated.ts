import { contract, plain } from "./contract.ts";

export const documentUpdated = contract(
  "document.updated",
  "A document was renamed, shown to the customer's contacts or hidden from them.",
  plain,
);

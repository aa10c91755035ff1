import { contract, plain } from "./contract.ts";

export const documentCreated = contract(
  "document.created",
  "A document was uploaded, and is what was announced.",
  plain,
);

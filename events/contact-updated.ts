import { contract, plain } from "./contract.ts";

export const contactUpdated = contract(
  "contact.updated",
  "A contact changed, or became or stopped being the primary one.",
  plain,
);

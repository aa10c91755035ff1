import { contract, plain } from "./contract.ts";

export const contactDeleted = contract(
  "contact.deleted",
  "A contact was removed; its portal access ended with it.",
  plain,
);

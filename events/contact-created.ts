import { contract, plain } from "./contract.ts";

export const contactCreated = contract(
  "contact.created",
  "A contact was added to a customer.",
  plain,
);

import { contract, plain } from "./contract.ts";

export const contactErasureAsked = contract(
  "contact.erasure-asked",
  "Staff asked to erase a contact; it can't come in any more.",
  plain,
);

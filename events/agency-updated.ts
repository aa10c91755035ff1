import { contract, plain } from "./contract.ts";

export const agencyUpdated = contract(
  "agency.updated",
  "An agency's name, address or settings changed.",
  plain,
);

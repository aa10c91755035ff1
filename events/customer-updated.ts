import { contract, plain } from "./contract.ts";

export const customerUpdated = contract(
  "customer.updated",
  "A customer's own fields changed, archiving included.",
  plain,
);

import { contract, plain } from "./contract.ts";

export const customerCreated = contract(
  "customer.created",
  "A customer was made, by itself or with its first document.",
  plain,
);

import { contract, plain } from "./contract.ts";

export const customerDeleted = contract(
  "customer.deleted",
  "A customer without any document was deleted.",
  plain,
);

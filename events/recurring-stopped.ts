import { contract, plain } from "./contract.ts";

export const recurringStopped = contract(
  "recurring.stopped",
  "Staff ended a recurring invoice.",
  plain,
);

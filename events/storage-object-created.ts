import { contract, plain } from "./contract.ts";

/** The storage's own: `subject` is the object's key, and no agency is named. */
export const storageObjectCreated = contract(
  "storage.object-created",
  "Something was put into the storage.",
  plain,
);

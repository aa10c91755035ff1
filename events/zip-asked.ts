import { contract, plain } from "./contract.ts";

export const zipAsked = contract(
  "zip.asked",
  "A contact wants the papers of several invoices in one file.",
  plain,
);

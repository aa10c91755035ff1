import { contract, journalData } from "./contract.ts";

export const invoiceCanceled = contract(
  "invoice.canceled",
  "An issued document was canceled; its money went back to where it came from.",
  journalData,
);

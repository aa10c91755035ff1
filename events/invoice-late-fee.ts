import * as z from "zod";
import { contract, journalData } from "./contract.ts";

export const invoiceLateFee = contract(
  "invoice.late-fee",
  "A late fee was added to an overdue invoice.",
  journalData.extend({ fee: z.number().positive() }),
);

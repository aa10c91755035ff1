import * as z from "zod";
import { contract } from "./contract.ts";

export const invoiceReminded = contract(
  "invoice.reminded",
  "A reminder of an invoice fell due and was sent.",
  z.object({ reminder: z.string() }),
);

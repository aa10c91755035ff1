import * as z from "zod";
import { contract } from "./contract.ts";

export const invoiceNotCharged = contract(
  "invoice.not-charged",
  "Charging an invoice by itself was not even tried; `code` says why.",
  z.object({ code: z.string(), detail: z.string() }),
);

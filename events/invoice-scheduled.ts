import * as z from "zod";
import { daySchema } from "../domain/shared/schema.ts";
import { contract } from "./contract.ts";

export const invoiceScheduled = contract(
  "invoice.scheduled",
  "A draft will be issued and mailed on a later day.",
  z.object({ date: daySchema }),
);

import * as z from "zod";
import { daySchema, idOf } from "../domain/shared/schema.ts";
import { contract } from "./contract.ts";

export const recurringIssued = contract(
  "recurring.issued",
  "An occurrence of a recurring invoice was made.",
  z.object({ invoice: idOf("invoice"), cycle: z.number().int().positive(), date: daySchema }),
);

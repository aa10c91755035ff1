import * as z from "zod";
import { contract } from "./contract.ts";

export const recurringAutoBillChosen = contract(
  "recurring.auto-bill-chosen",
  "A contact switched charging by itself on or off.",
  z.object({ enabled: z.boolean() }),
);

import * as z from "zod";
import { contract } from "./contract.ts";

export const recurringPaused = contract(
  "recurring.paused",
  "A recurring invoice was paused; `code` says why when it was not staff.",
  z.object({ code: z.string().nullable() }),
);

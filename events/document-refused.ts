import * as z from "zod";
import { contract } from "./contract.ts";

export const documentRefused = contract(
  "document.refused",
  "What was uploaded is not the document that was announced.",
  z.object({ reason: z.string() }),
);

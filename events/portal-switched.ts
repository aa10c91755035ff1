import * as z from "zod";
import { contract } from "./contract.ts";

export const portalSwitched = contract(
  "portal.switched",
  "Somebody went on as a contact of another customer under the same address.",
  z.object({ from: z.string() }),
);

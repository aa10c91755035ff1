import * as z from "zod";
import { contract } from "./contract.ts";

export const portalLoggedIn = contract(
  "portal.logged-in",
  "A contact came in with a mailed link, or staff for them.",
  z.object({ document: z.string().nullable() }),
);

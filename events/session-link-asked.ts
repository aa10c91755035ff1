import * as z from "zod";
import { contract } from "./contract.ts";

export const sessionLinkAsked = contract(
  "session.link-asked",
  "Somebody asked for a log-in link to the portal; whether anybody has the address is seen later.",
  z.object({ email: z.email() }),
);

import { contract, plain } from "./contract.ts";

export const portalLoggedOut = contract(
  "portal.logged-out",
  "A contact ended their session.",
  plain,
);

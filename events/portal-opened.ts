import { contract, plain } from "./contract.ts";

export const portalOpened = contract(
  "portal.opened",
  "Staff made a link that opens the portal for a contact.",
  plain,
);

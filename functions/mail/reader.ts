import type { Agency } from "../../domain/agencies/agency.ts";
import type { Deps } from "../kit/deps.ts";
import { documentLink, portalUrl } from "../portal/links.ts";
import type { Recipient } from "./recipients.ts";

/** Only contacts who may enter the portal have pages there; others read what is attached. */
const reader = ({ contact }: Recipient) => (contact?.portal ? contact : null);

/** Opens that document for that contact alone. */
export async function linkToDocument(
  deps: Deps,
  { agency, document }: { readonly agency: Agency; readonly document: string },
  to: Recipient,
): Promise<string | null> {
  const contact = reader(to);
  if (!contact) return null;
  const { id, customer } = contact;
  const link = await documentLink(deps, { agency, customer, contact: id, document });
  return link.url;
}

/** Where a contact logs in; nothing there is open without. */
export const linkToPortal = (deps: Deps, agency: Agency, to: Recipient): string | null =>
  reader(to) ? portalUrl(deps, agency, "") : null;

export const paysOnline = ({ stripe }: Agency): boolean => stripe?.chargesEnabled ?? false;

export const langOf = ({ contact }: Recipient): string | null => contact?.lang ?? null;

import type { Agency, portalModules } from "../../domain/agencies/agency.ts";
import { loadContact } from "../../domain/customers/contact.store.ts";
import type { Contact } from "../../domain/customers/contact.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import type { Id } from "../../domain/shared/ids.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { Call } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";

export type Module = (typeof portalModules)[number];

export interface Portal {
  readonly agency: Agency;
  readonly customer: Customer;
  readonly contact: Contact;
  /** The agency's day. */
  readonly today: string;
}

type PortalCall = Pick<Call, "principal" | "tenant" | "agency" | "now">;

/** Whose records a session reaches. */
export function customerOf({ principal }: Pick<Call, "principal">): Id<"customer"> {
  if (!principal.customer) throw new Error("a portal route was called without a session");
  return principal.customer;
}

/**
 * Who is at the door now: a contact that was removed or shut out since it logged in is out at once. A
 * module that the agency turned off doesn't exist here either. A document's own link goes no further
 * than that document.
 */
export async function enter(
  call: PortalCall,
  module: Module | null,
  { isDocument = false }: { readonly isDocument?: boolean } = {},
): Promise<Portal> {
  const { principal, tenant } = call;
  const id = customerOf(call);
  const [agency, customer, contact] = await Promise.all([
    call.agency(),
    loadCustomer(tenant, id),
    loadContact(tenant, id, principal.contact ?? ""),
  ]);
  const isWelcome = contact?.portal || principal.isStaff || principal.document;
  if (!customer || !contact || !isWelcome) {
    throw new Refused(refuse("auth.missing", "The portal is closed for this contact."));
  }
  if (principal.document && !isDocument) {
    throw new Refused(refuse("portal.document-only", "Log in to see more than this document."));
  }
  if (module && !isOn(agency, module)) {
    throw new Refused(refuse("request.not-found", "There is no such page."));
  }
  return { agency, customer, contact, today: dayIn(call.now, agency.settings.timeZone) };
}

/** A tab is there when its switch is on and the agency has what it needs. */
export function isOn({ settings }: Agency, module: Module): boolean {
  if (!settings.portal.modules[module]) return false;
  return module !== "prePayment" || settings.clientInitiatedPayments.enabled;
}

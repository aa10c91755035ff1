import {
  listContactsByEmail,
  reserveEmail,
  saveContact,
  saveRoster,
} from "../../domain/customers/contact.store.ts";
import { addContact, type Contact, emptyRoster } from "../../domain/customers/contact.ts";
import { saveCustomer } from "../../domain/customers/customer.store.ts";
import { emptyAddress, newCustomer } from "../../domain/customers/customer.ts";
import type { PortalToken } from "../../domain/portal/token.ts";
import { newId } from "../../domain/shared/ids.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { eventOf } from "../kit/event-record.ts";
import type { Call } from "../kit/operation.ts";

export interface Registered {
  readonly contact: Contact;
  readonly writes: readonly GuardedWrite[];
}

type RegisterToken = PortalToken & { readonly kind: "register" };

/** The mailed link was followed: the customer and its first contact come to be. Only once: a known address logs in. */
export async function registered(call: Call, token: RegisterToken): Promise<Registered> {
  const { tenant, now, deps } = call;
  const known = await listContactsByEmail(tenant, token.email);
  const open = known.find(({ portal }) => portal);
  if (open) return { contact: open, writes: [] };
  const { firstName, lastName, email, company } = token;
  const nowMs = Date.parse(now);
  const id = newId("customer", nowMs, deps.random(10));
  const billTo = { ...emptyAddress, firstName, lastName, company, email };
  const customer = newCustomer({ ...noTerms, billTo }, { id, now });
  const terms = { ...noContactTerms, firstName, lastName, email };
  const made = { id: newId("contact", nowMs, deps.random(10)), customer: id, now };
  const { contact, roster } = addContact({ roster: emptyRoster, former: undefined }, terms, made);
  const actor = { contact: contact.id };
  const by = { ...call, principal: { ...call.principal, actor } };
  return {
    contact,
    writes: [
      saveCustomer(tenant, customer),
      saveRoster(tenant, id, roster),
      saveContact(tenant, contact),
      reserveEmail(tenant, contact),
      eventOf(by, { type: "customer.created", subject: id, customer: id }),
      eventOf(by, { type: "contact.created", subject: contact.id, customer: id }),
    ],
  };
}

const noTerms = {
  shipTo: null,
  internalId: null,
  currency: null,
  lang: null,
  taxId: null,
  cc: [],
  bcc: [],
  notes: null,
  tags: [],
  attachPdf: null,
  autoApply: null,
};

const noContactTerms = { lang: null, primary: true, receivesMail: true, portal: true };

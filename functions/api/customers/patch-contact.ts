import {
  loadContact,
  loadRoster,
  releaseEmail,
  reserveEmail,
  saveContact,
  saveRoster,
} from "../../../domain/customers/contact.store.ts";
import {
  type Contact,
  type ContactChanges,
  type ContactTerms,
  changeContact,
} from "../../../domain/customers/contact.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { invalid } from "../../kit/refused.ts";
import { requireContact } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import type { ContactPatch } from "./schemas.ts";
import { trustAddress } from "./trust-address.ts";
import { contactView } from "./view.ts";

export const patchContact = operation(customersRoutes.patchContact, async (call) => {
  const before = await requireContact(call);
  const terms = termsFrom(before, call.body());
  call.requireVersion(before);
  const { tenant, now } = call;
  const { customer, id } = before;
  const vouched = call.body().email !== undefined;
  const [roster, trusting] = await Promise.all([
    loadRoster(tenant, customer),
    vouched ? trustAddress(call, terms.email, id) : [],
  ]);
  const former = roster.primary ? await loadContact(tenant, customer, roster.primary) : undefined;
  const known = vouched ? { ...before, mailFailure: null } : before;
  const changes = changeContact({ roster, former, before: known }, terms, now);
  return {
    status: 200,
    body: contactView(changes.contact),
    writes: [
      ...writesOf(tenant, before, changes),
      ...trusting,
      ...(changes.roster === roster ? [] : [saveRoster(tenant, customer, changes.roster)]),
      eventOf(call, { type: "contact.updated", subject: id, customer }),
    ],
  };
});

/** Somebody is always the primary contact: the place is taken, never left. */
function termsFrom(before: Contact, given: ContactPatch): ContactTerms {
  if (before.primary && given.primary === false) {
    const detail = "make another contact the primary one instead";
    throw invalid([{ pointer: "#/primary", detail }]);
  }
  return {
    firstName: given.firstName === undefined ? before.firstName : given.firstName,
    lastName: given.lastName === undefined ? before.lastName : given.lastName,
    lang: given.lang === undefined ? before.lang : given.lang,
    email: given.email ?? before.email,
    primary: given.primary ?? before.primary,
    receivesMail: given.receivesMail ?? before.receivesMail,
    portal: given.portal ?? before.portal,
  };
}

function writesOf(tenant: Tenant, before: Contact, changes: ContactChanges): GuardedWrite[] {
  const { contact, demoted } = changes;
  const moves = contact.email !== before.email;
  return [
    saveContact(tenant, contact),
    ...(demoted ? [saveContact(tenant, demoted)] : []),
    ...(moves ? [releaseEmail(tenant, before), reserveEmail(tenant, contact)] : []),
  ];
}

import { releaseEmail, reserveEmail, saveContact } from "../../domain/customers/contact.store.ts";
import { type Contact, changeContact, emptyRoster } from "../../domain/customers/contact.ts";
import { saveCustomer } from "../../domain/customers/customer.store.ts";
import { type Customer, nameOf } from "../../domain/customers/customer.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { addressOf } from "../api/billing/party.ts";
import { eventOf } from "../kit/event-record.ts";
import { type Call, operation } from "../kit/operation.ts";
import { enter } from "./enter.ts";
import { portalRoutes } from "./routes.ts";

function profileView(contact: Contact, customer: Customer) {
  const { id, firstName, lastName, email, lang } = contact;
  const { billTo, shipTo, taxId } = customer;
  return {
    ...{ id, firstName, lastName, email, lang },
    customer: { id: customer.id, name: nameOf(customer), billTo, shipTo, taxId },
  };
}

export const getProfile = operation(portalRoutes.getProfile, async (call) => {
  const { contact, customer } = await enter(call, null);
  return { status: 200, body: profileView(contact, customer) };
});

type Patch = ReturnType<Call<typeof portalRoutes.patchProfile>["body"]>;

/** Documents that are out keep the address they were made with. */
export const patchProfile = operation(portalRoutes.patchProfile, async (call) => {
  const { contact, customer } = await enter(call, null);
  const patch = call.body();
  const own = changedContact(call, contact, patch);
  const firm = changedCustomer(call, customer, patch);
  const { id: subject } = customer;
  return {
    status: 200,
    body: profileView(own.contact, firm.customer),
    writes: [
      ...own.writes,
      ...(own.writes.length > 0
        ? [eventOf(call, { type: "contact.updated", subject: contact.id, customer: subject })]
        : []),
      ...firm.writes,
      ...(firm.writes.length > 0
        ? [eventOf(call, { type: "customer.updated", subject, customer: subject })]
        : []),
    ],
  };
});

const said = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given);

function changedContact(
  { tenant, now }: Call,
  before: Contact,
  patch: Patch,
): { readonly contact: Contact; readonly writes: readonly GuardedWrite[] } {
  const terms = {
    firstName: said(patch.firstName, before.firstName),
    lastName: said(patch.lastName, before.lastName),
    email: patch.email ?? before.email,
    lang: said(patch.lang, before.lang),
    primary: before.primary,
    receivesMail: before.receivesMail,
    portal: before.portal,
  };
  const names = ["firstName", "lastName", "email", "lang"] as const;
  if (names.every((name) => terms[name] === before[name])) return { contact: before, writes: [] };
  const state = { roster: emptyRoster, former: undefined, before };
  const { contact } = changeContact(state, terms, now);
  const moves = contact.email !== before.email;
  const guards = moves ? [releaseEmail(tenant, before), reserveEmail(tenant, contact)] : [];
  return { contact, writes: [saveContact(tenant, contact), ...guards] };
}

function changedCustomer(
  { tenant, now }: Call,
  before: Customer,
  { billTo, shipTo }: Patch,
): { readonly customer: Customer; readonly writes: readonly GuardedWrite[] } {
  const given = {
    billTo: billTo ? addressOf(billTo) : before.billTo,
    shipTo: shipTo ? addressOf(shipTo) : said(shipTo as null | undefined, before.shipTo),
  };
  const known = { billTo: before.billTo, shipTo: before.shipTo };
  if (JSON.stringify(given) === JSON.stringify(known)) return { customer: before, writes: [] };
  const customer = { ...before, ...given, updatedAt: now, version: before.version + 1 };
  return { customer, writes: [saveCustomer(tenant, customer)] };
}

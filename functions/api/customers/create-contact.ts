import {
  loadContact,
  loadRoster,
  reserveEmail,
  saveContact,
  saveRoster,
} from "../../../domain/customers/contact.store.ts";
import { addContact, contactsMax } from "../../../domain/customers/contact.ts";
import { holdStanding } from "../../../domain/customers/customer.store.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requirePathCustomer } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import { trustAddress } from "./trust-address.ts";
import { contactView } from "./view.ts";

export const createContact = operation(customersRoutes.createContact, async (call) => {
  const { id: customer } = await requirePathCustomer(call);
  const body = call.body();
  const { tenant, now } = call;
  const [roster, trusting] = await Promise.all([
    loadRoster(tenant, customer),
    trustAddress(call, body.email, null),
  ]);
  if (roster.count >= contactsMax) {
    throw new Refused(refuse("request.invalid", `A customer has at most ${contactsMax} contacts.`));
  }
  const former = roster.primary ? await loadContact(tenant, customer, roster.primary) : undefined;
  const terms = {
    firstName: body.firstName ?? null,
    lastName: body.lastName ?? null,
    email: body.email,
    lang: body.lang ?? null,
    primary: body.primary ?? false,
    receivesMail: body.receivesMail ?? true,
    portal: body.portal ?? true,
  };
  const id = newId("contact", Date.parse(now), call.deps.random(10));
  const made = addContact({ roster, former }, terms, { id, customer, now });
  return {
    status: 201,
    body: contactView(made.contact),
    writes: [
      holdStanding(tenant, customer),
      saveRoster(tenant, customer, made.roster),
      saveContact(tenant, made.contact),
      ...(made.demoted ? [saveContact(tenant, made.demoted)] : []),
      reserveEmail(tenant, made.contact),
      ...trusting,
      eventOf(call, { type: "contact.created", subject: id, customer }),
    ],
  };
});

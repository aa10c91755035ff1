import {
  listContacts,
  loadRoster,
  releaseEmail,
  removeContactItem,
  saveContact,
  saveRoster,
} from "../../../domain/customers/contact.store.ts";
import { removeContact } from "../../../domain/customers/contact.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { requireContact } from "./required.ts";
import { customersRoutes } from "./routes.ts";

export const deleteContact = operation(customersRoutes.deleteContact, async (call) => {
  const contact = await requireContact(call);
  call.body();
  call.requireVersion(contact);
  const { tenant, now } = call;
  const { customer, id } = contact;
  const roster = await loadRoster(tenant, customer);
  const others = contact.primary ? await listContacts(tenant, customer) : [];
  const heir = others.find((other) => other.id !== id);
  const left = removeContact({ roster, heir, contact }, now);
  return {
    status: 204,
    writes: [
      saveRoster(tenant, customer, left.roster),
      removeContactItem(tenant, contact),
      releaseEmail(tenant, contact),
      ...(left.promoted ? [saveContact(tenant, left.promoted)] : []),
      eventOf(call, { type: "contact.deleted", subject: id, customer }),
    ],
  };
});

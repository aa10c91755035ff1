import { saveContact } from "../../../domain/customers/contact.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { requireContact } from "./required.ts";
import { customersRoutes } from "./routes.ts";

/** Shuts the contact out at once; a consumer goes through the records. */
export const eraseContact = operation(customersRoutes.eraseContact, async (call) => {
  const contact = await requireContact(call);
  call.body();
  call.requireVersion(contact);
  const { customer, id: subject, version } = contact;
  const shut = { portal: false, receivesMail: false, updatedAt: call.now, version: version + 1 };
  return {
    status: 202,
    writes: [
      saveContact(call.tenant, { ...contact, ...shut }),
      eventOf(call, { type: "contact.erasure-asked", subject, customer }),
    ],
  };
});

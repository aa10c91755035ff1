import {
  contactPrefix,
  contactsPartition,
  loadRoster,
} from "../../../domain/customers/contact.store.ts";
import { contactSchema } from "../../../domain/customers/contact.ts";
import { operation } from "../../kit/operation.ts";
import { listPartition } from "../../kit/partition-listing.ts";
import { requireContact, requirePathCustomer } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import { contactView } from "./view.ts";

export const getContact = operation(customersRoutes.getContact, async (call) => ({
  status: 200,
  body: contactView(await requireContact(call)),
}));

export const listContacts = operation(customersRoutes.listContacts, async (call) => {
  const { id } = await requirePathCustomer(call);
  const query = call.query();
  const listing = {
    partition: contactsPartition(call.tenant, id),
    prefix: contactPrefix,
    order: "newest-first",
    filters: [],
    counted: async () => (await loadRoster(call.tenant, id)).count,
  } as const;
  const toRow = (item: object) => contactView(contactSchema.parse(item));
  return { status: 200, body: await listPartition(call.tenant, { listing, query }, toRow) };
});

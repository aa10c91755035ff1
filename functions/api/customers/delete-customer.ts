import {
  listContacts,
  loadRoster,
  releaseEmail,
  removeContactItem,
  removeRoster,
} from "../../../domain/customers/contact.store.ts";
import {
  hasDocuments,
  releaseInternalId,
  removeCustomer,
} from "../../../domain/customers/customer.store.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requireCustomerAccount } from "./required.ts";
import { customersRoutes } from "./routes.ts";

/** Only what nothing refers to goes; a customer with any document is archived. */
export const deleteCustomer = operation(customersRoutes.deleteCustomer, async (call) => {
  const { customer, account } = await requireCustomerAccount(call);
  call.body();
  call.requireVersion(customer);
  const { tenant } = call;
  const { id } = customer;
  if (account.seq > 0 || account.issuedCount > 0 || (await hasDocuments(tenant, id))) {
    throw new Refused(refuse("customer.has-documents", "Archive it instead."));
  }
  return {
    status: 204,
    writes: [
      removeCustomer(tenant, customer),
      ...releaseInternalId(tenant, customer),
      ...(await removeContacts(tenant, id)),
      eventOf(call, { type: "customer.deleted", subject: id, customer: id }),
    ],
  };
});

async function removeContacts(
  tenant: Tenant,
  id: Parameters<typeof removeRoster>[1],
): Promise<GuardedWrite[]> {
  const [roster, contacts] = await Promise.all([loadRoster(tenant, id), listContacts(tenant, id)]);
  if (roster.version === 0) return [];
  return [
    removeRoster(tenant, id, roster),
    ...contacts.flatMap((contact) => [
      removeContactItem(tenant, contact),
      releaseEmail(tenant, contact),
    ]),
  ];
}

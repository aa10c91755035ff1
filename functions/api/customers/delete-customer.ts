import {
  holdNoRoster,
  listContacts,
  loadRoster,
  releaseEmail,
  removeContactItem,
  removeRoster,
} from "../../../domain/customers/contact.store.ts";
import {
  closeAccount,
  hasDocuments,
  releaseInternalId,
  removeCustomer,
} from "../../../domain/customers/customer.store.ts";
import { endUse, loadUsedUntil } from "../../../domain/customers/use.store.ts";
import { listTopUps, removeTopUp } from "../../../domain/retainers/top-up.store.ts";
import { cancelDue, listDueOf } from "../../../domain/shared/due.store.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { askStripeToForget } from "../payments/stripe-customer.ts";
import { requireCustomerAccount } from "./required.ts";
import { customersRoutes } from "./routes.ts";

/**
 * Only what nothing refers to goes; a customer with any document is archived, and so is one for which
 * something may be on its way that no list shows yet: a draft of a moment ago, money on a page of Stripe's.
 */
export const deleteCustomer = operation(customersRoutes.deleteCustomer, async (call) => {
  const { customer, account } = await requireCustomerAccount(call);
  call.body();
  call.requireVersion(customer);
  const { tenant } = call;
  const { id } = customer;
  if (account.seq > 0 || account.issuedCount > 0 || (await hasDocuments(tenant, id))) {
    throw new Refused(refuse("customer.has-documents", "Archive it instead."));
  }
  const until = await loadUsedUntil(tenant, id);
  if (until !== null && until > call.now) {
    throw new Refused(refuse("customer.in-use", `Archive it, or delete it after ${until}.`));
  }
  return {
    status: 204,
    writes: [
      removeCustomer(tenant, customer),
      closeAccount(tenant, account, call.now),
      endUse(tenant, { customer: id, until }, call.now),
      ...(await listTopUps(tenant, id)).map((topUp) => removeTopUp(tenant, topUp)),
      ...releaseInternalId(tenant, customer),
      ...(await removeContacts(tenant, id)),
      ...(await listDueOf(tenant, { kind: "CUS", id })).map((due) => cancelDue(tenant, due)),
      ...askStripeToForget(call, customer),
      eventOf(call, { type: "customer.deleted", subject: id, customer: id }),
    ],
  };
});

async function removeContacts(
  tenant: Tenant,
  id: Parameters<typeof removeRoster>[1],
): Promise<GuardedWrite[]> {
  // One after the other: whoever is added after the first is a conflict, and before it is listed.
  const roster = await loadRoster(tenant, id);
  if (roster.version === 0) return [holdNoRoster(tenant, id)];
  const contacts = await listContacts(tenant, id);
  return [
    removeRoster(tenant, id, roster),
    ...contacts.flatMap((contact) => [
      removeContactItem(tenant, contact),
      releaseEmail(tenant, contact),
    ]),
  ];
}

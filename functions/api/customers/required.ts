import type { Account } from "../../../domain/customers/account.ts";
import { loadContact } from "../../../domain/customers/contact.store.ts";
import type { Contact } from "../../../domain/customers/contact.ts";
import { loadCustomer, loadCustomerAccount } from "../../../domain/customers/customer.store.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Call } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";

type PathCall = Pick<Call, "tenant" | "params">;

const unknown = () => new Refused(refuse("customer.not-found", "There is no such customer."));

/** The customer that the path names, or 404. */
export async function requirePathCustomer({ tenant, params }: PathCall): Promise<Customer> {
  const customer = await loadCustomer(tenant, params.id ?? "");
  if (!customer) throw unknown();
  return customer;
}

export async function requireCustomerAccount({
  tenant,
  params,
}: PathCall): Promise<{ readonly customer: Customer; readonly account: Account }> {
  const found = await loadCustomerAccount(tenant, params.id ?? "");
  if (!found) throw unknown();
  return found;
}

/** The contact that the path names: one of another customer is as unknown as none. */
export async function requireContact({ tenant, params }: PathCall): Promise<Contact> {
  const contact = await loadContact(tenant, params.id ?? "", params.contactId ?? "");
  if (!contact) throw new Refused(refuse("contact.not-found", "There is no such contact."));
  return contact;
}

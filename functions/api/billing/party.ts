import type { Account } from "../../../domain/customers/account.ts";
import {
  loadAccount,
  loadCustomer,
  saveCustomer,
} from "../../../domain/customers/customer.store.ts";
import { type Customer, customerSchema } from "../../../domain/customers/customer.ts";
import { loadCustomerUse, markUsed, useSpans } from "../../../domain/customers/use.store.ts";
import type { Address } from "../../../domain/shared/address.ts";
import { addressSchema } from "../../../domain/shared/address.ts";
import { isId, newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { ownerOf, reserve } from "../../../domain/shared/unique.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import type { Call } from "../../kit/operation.ts";
import { invalid, Refused } from "../../kit/refused.ts";
import type { InvoiceBody } from "./schemas.ts";

export interface Party {
  readonly customer: Customer;
  /** Writes that make the customer when it is new, and keep it otherwise. */
  readonly writes: readonly GuardedWrite[];
}

const unknown = () => new Refused(refuse("customer.not-found", "There is no such customer."));

export async function requireCustomer(call: Call, id: string): Promise<Customer> {
  const customer = isId("customer", id) ? await loadCustomer(call.tenant, id) : undefined;
  if (!customer) throw unknown();
  return customer;
}

/** For what is about to refer to the customer: as a draft, that no record of the account tells of. */
export async function requireParty(call: Call, id: string): Promise<Party> {
  const party = await loadParty(call, id);
  if (!party) throw unknown();
  return party;
}

async function loadParty(call: Call, id: string): Promise<Party | undefined> {
  const found = isId("customer", id) ? await loadCustomerUse(call.tenant, id) : undefined;
  if (!found) return undefined;
  const { customer, until } = found;
  const used = { customer: customer.id, until, span: useSpans.record };
  return { customer, writes: markUsed(call.tenant, used, call.now) };
}

/** The account first: of a customer that is there after it was read, it is not one that was closed. */
export async function requirePayer(
  call: Call,
  id: string,
): Promise<{ readonly account: Account; readonly customer: Customer }> {
  if (!isId("customer", id)) throw unknown();
  const account = await loadAccount(call.tenant, id);
  return { account, customer: await requireCustomer(call, id) };
}

/** The customer that a document names: by id, by the agency's own id, or new with the document. */
export async function partyOf(call: Call, reference: InvoiceBody["customer"]): Promise<Party> {
  if (typeof reference === "string") return living(await requireParty(call, reference));
  const known = reference.internalId
    ? await ownerOf(call.tenant, "internal-id", reference.internalId)
    : undefined;
  const there = known ? await loadParty(call, known) : undefined;
  // Deleted a moment ago: then its id is free, or somebody else's by now.
  if (there) return living(there);
  if (!reference.billTo) {
    throw invalid([{ pointer: "#/customer/billTo", detail: "is needed for a new customer" }]);
  }
  return newParty(call, { ...reference, billTo: reference.billTo });
}

function living(party: Party): Party {
  if (!party.customer.archived) return party;
  throw new Refused(refuse("customer.archived", "Restore it first."));
}

function newParty(
  call: Call,
  given: Exclude<InvoiceBody["customer"], string> & { readonly billTo: object },
): Party {
  const { now, tenant } = call;
  const customer = customerSchema.parse({
    id: newId("customer", Date.parse(now), call.deps.random(10)),
    billTo: given.billTo,
    shipTo: given.shipTo ?? null,
    internalId: given.internalId ?? null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
  const { id, internalId } = customer;
  const guard = { what: "internal-id", value: internalId ?? "", owner: id } as const;
  return {
    customer,
    writes: [
      saveCustomer(tenant, customer),
      ...markUsed(tenant, { customer: customer.id, until: null, span: useSpans.record }, now),
      // Lost to a twin request: decide again, and find the customer that it made.
      ...(internalId ? [reserve(tenant, guard, "write.conflict")] : []),
      eventOf(call, { type: "customer.created", subject: id, customer: id }),
    ],
  };
}

export const addressOf = (given: object): Address => addressSchema.parse(given);

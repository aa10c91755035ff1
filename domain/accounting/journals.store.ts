import * as z from "zod";
import { type Account, accountSchema, emptyAccount } from "../customers/account.ts";
import { accountKey } from "../customers/customer.store.ts";
import { customerSchema, nameOf } from "../customers/customer.ts";
import { journalPartition } from "../customers/journal.store.ts";
import type { Id } from "../shared/ids.ts";
import { journalSk } from "../shared/record.store.ts";
import {
  indexNames,
  keyText,
  loadItem,
  loadItems,
  queryPage,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type PostedRecord, postedAttributes, postedRecordSchema } from "./posted-record.ts";

/** A customer with the account that says how far its journal goes. */
export interface JournalOwner {
  readonly customer: Id<"customer">;
  readonly name: string;
  /** Its place among the agency's customers. */
  readonly place: string;
  readonly account: Account;
}

const ownersPerPage = 100;

/**
 * Every customer of the agency, oldest first, a page at a time. The index that lists them may lag by a
 * moment: a customer that was made just now may be missing, its account never is wrong.
 */
export async function* listOwners(
  tenant: Tenant,
  from: string,
): AsyncGenerator<readonly JournalOwner[], void> {
  let lastKey: Record<string, unknown> | undefined;
  do {
    const page = await queryPage(tenant, {
      IndexName: indexNames.byAgency,
      KeyConditionExpression: "agencyKey = :customers AND dateKey >= :from",
      ExpressionAttributeValues: { ":customers": tenantKey(tenant, "CUS"), ":from": from },
      Limit: ownersPerPage,
      ...(lastKey ? { ExclusiveStartKey: lastKey } : {}),
    });
    lastKey = page.lastKey;
    const customers = page.items.map((item) => ({
      customer: customerSchema.parse(item),
      place: z.string().parse(item.dateKey),
    }));
    const keys = customers.map(({ customer }) => accountKey(tenant, customer.id));
    const accounts = await loadItems(tenant, keys);
    yield customers.map(({ customer, place }) => {
      const account = accounts.get(keyText(accountKey(tenant, customer.id)));
      return {
        ...{ customer: customer.id, name: nameOf(customer), place },
        account: account ? accountSchema.parse(account) : emptyAccount(customer.id),
      };
    });
  } while (lastKey);
}

const recordsPerPage = 200;

/** The records of one journal from one number to another, both included, oldest first, consistently. */
export async function* readRecords(
  tenant: Tenant,
  customer: string,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<PostedRecord, void> {
  if (from > to) return;
  let lastKey: Record<string, unknown> | undefined;
  do {
    const page = await queryPage(tenant, {
      KeyConditionExpression: "pk = :journal AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":journal": journalPartition(tenant, customer),
        ":from": journalSk(from),
        ":to": journalSk(to),
      },
      ProjectionExpression: postedAttributes.map((name) => `#${name}`).join(", "),
      ExpressionAttributeNames: Object.fromEntries(
        postedAttributes.map((name) => [`#${name}`, name]),
      ),
      ConsistentRead: true,
      Limit: recordsPerPage,
      ...(lastKey ? { ExclusiveStartKey: lastKey } : {}),
    });
    for (const item of page.items) yield postedRecordSchema.parse(item);
    lastKey = page.lastKey;
  } while (lastKey);
}

/** The number of the first record at or after an instant, found by halving: `at` never goes back. */
export async function findFirstSince(
  tenant: Tenant,
  customer: string,
  { last, since }: { readonly last: number; readonly since: string },
): Promise<number> {
  let low = 1;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = await loadItem(tenant, {
      pk: journalPartition(tenant, customer),
      sk: journalSk(middle),
    });
    if (!item) throw new Error(`${customer} has no journal record ${middle} of ${last}`);
    if (String(item.at) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

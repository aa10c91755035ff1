import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { emptyAccount } from "../../domain/customers/account.ts";
import { saveAccount, saveCustomer } from "../../domain/customers/customer.store.ts";
import { type Customer, customerSchema } from "../../domain/customers/customer.ts";
import type { Id } from "../../domain/shared/ids.ts";
import { appendRecord, type Entry } from "../../domain/shared/journal.ts";
import { saveJournalRecord } from "../../domain/shared/record.store.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import { anId } from "./builders.ts";

const startMs = Date.parse("2027-01-01T09:00:00.000Z");
const stepMs = 60_000;
const itemsPerBatch = 25;

export interface LongJournal {
  readonly records: number;
  readonly name: string;
  /** Makes each record longer. */
  readonly note?: string;
}

/** A customer with as many records as are wanted, a minute apart, written past the handlers for speed. */
export async function aLongJournal(
  tenant: Tenant,
  { records, name, note = "" }: LongJournal,
): Promise<Id<"customer">> {
  const customer = aCustomer(name);
  let account = { ...emptyAccount(customer.id), version: 1 };
  let waiting: GuardedWrite[] = [saveCustomer(tenant, customer)];
  for (let n = 0; n < records; n += 1) {
    const now = new Date(startMs + n * stepMs).toISOString();
    const context = { id: anId("journal"), customer: customer.id, actor: { system: "test" }, now };
    const { head, record } = appendRecord(account, account.balances, anEntry(n, note), context);
    account = { ...account, ...head, balances: record.balances };
    waiting.push(saveJournalRecord(tenant, record));
    if (waiting.length >= itemsPerBatch) {
      await put(tenant, waiting);
      waiting = [];
    }
  }
  await put(tenant, [...waiting, saveAccount(tenant, account)]);
  return customer.id;
}

async function put({ db, table }: Tenant, writes: readonly GuardedWrite[]): Promise<void> {
  for (let index = 0; index < writes.length; index += itemsPerBatch) {
    const some = writes.slice(index, index + itemsPerBatch);
    const requests = some.map(({ write }) => ({ PutRequest: { Item: write.Put?.Item } }));
    await db.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  }
}

function aCustomer(company: string): Customer {
  const made = new Date(startMs).toISOString();
  return customerSchema.parse({
    ...{ id: anId("customer"), billTo: addressOf(company), version: 1 },
    ...{ createdAt: made, updatedAt: made },
  });
}

const addressOf = (company: string) => ({
  ...{ company, firstName: null, lastName: null, email: null, phone: null },
  ...{ address: null, legal: null },
});

function anEntry(n: number, note: string): Entry {
  const subject = anId("payment");
  const amount = 1 + (n % 1_000);
  return {
    type: "payment.received",
    subject,
    memo: `PAY-${n} ${note}`,
    postings: [
      { account: "cash", amount, currency: "USD", subject },
      { account: "unapplied", amount: -amount, currency: "USD", subject },
    ],
  };
}

import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import type { Difference } from "../../../domain/accounting/difference.ts";
import { journalSk } from "../../../domain/shared/record.store.ts";
import { type Item, type Key, tenantKey } from "../../../domain/shared/table.store.ts";
import { countRecords } from "../../../functions/consumers/count-records.ts";
import { verifyBooks } from "../../../functions/jobs/verify-books.ts";
import { aShell, type Shell } from "../../support/shell.ts";

/** A life with a retainer of 5,000, drawn by 3,200; an invoice half paid by hand; a credit. */
interface Life {
  readonly customer: string;
  readonly retainer: string;
  readonly funding: string;
  readonly drawn: string;
  readonly half: string;
  readonly hand: string;
  readonly credit: string;
}

/** The books that a test damages; `begin` makes new ones. */
export let shell: Shell;
export let life: Life;

export async function begin(): Promise<void> {
  await beginEmpty();
  life = await live();
  await count();
}

export async function beginEmpty(): Promise<void> {
  shell = await aShell();
}

/** What lists answer as totals follows events. */
export const count = () => shell.deliver({ to: [countRecords] });

/** What stood where a test did damage, so that the next one finds healthy books. */
const before: { readonly key: Key; readonly item: Item | undefined }[] = [];
export async function mend(): Promise<void> {
  for (const { key, item } of before.splice(0).reverse()) {
    if (item) await write(item);
    else await erase(key);
  }
}

export const post = async (path: string, body: object = {}) => {
  const answer = await shell.call("POST", path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};

async function live(): Promise<Life> {
  const customer = (await post("/v1/customers", { billTo: { company: "Acme" } })).id;
  const issue = (price: number, over: object = {}) =>
    post("/v1/invoices", {
      ...{ customer, items: [{ name: "Work", quantity: 1, price }], status: "Unpaid" },
      ...over,
    });
  const retainer = (await issue(5_000, { isRetainer: true })).id;
  const funding = (await post(`/v1/invoices/${retainer}/payments`, { method: "Cash" })).id;
  const drawn = (await issue(3_200, { taxes: [{ name: "VAT", rate: 19 }] })).id;
  const half = (await issue(100, { autoApply: "off" })).id;
  const hand = (await post(`/v1/invoices/${half}/payments`, { method: "Cash", amount: 50 })).id;
  const made = await post("/v1/credits", { customer, currency: "USD", amount: 30 });
  await post(`/v1/credits/${made.id}/issue`);
  return { customer, retainer, funding, drawn, half, hand, credit: made.id };
}

export const verified = async (): Promise<Difference | undefined> =>
  (await verifyBooks(shell.tenant)).difference;

export const head = (kind: string, id: string): Key => ({
  pk: tenantKey(shell.tenant, kind, id),
  sk: kind,
});
export const record = (seq: number): Key => ({
  pk: tenantKey(shell.tenant, "C", life.customer),
  sk: journalSk(seq),
});
export const account = (): Key => ({ pk: record(1).pk, sk: "ACCOUNT" });

export async function find({ pk, sk }: Key): Promise<Item | undefined> {
  const get = { TableName: shell.table.table, Key: { pk, sk }, ConsistentRead: true };
  return (await shell.table.db.send(new GetCommand(get))).Item;
}

export async function stored(key: Key): Promise<Item> {
  const found = await find(key);
  if (!found) throw new Error(`nothing at ${key.pk} ${key.sk}`);
  return found;
}

const write = (item: Item) =>
  shell.table.db.send(new PutCommand({ TableName: shell.table.table, Item: item }));
const erase = ({ pk, sk }: Key) =>
  shell.table.db.send(new DeleteCommand({ TableName: shell.table.table, Key: { pk, sk } }));

export async function put(item: Item): Promise<void> {
  const key = { pk: String(item.pk), sk: String(item.sk) };
  before.push({ key, item: await find(key) });
  await write(item);
}

export async function remove(key: Key): Promise<void> {
  before.push({ key, item: await find(key) });
  await erase(key);
}

export const damage = async (key: Key, change: (item: Item) => Item): Promise<void> =>
  put(change(structuredClone(await stored(key))));
/** The fields of a listed record lie in its row. */
export const damageRow = (kind: string, id: string, fields: Item): Promise<void> =>
  damage(head(kind, id), (item) => ({ ...item, row: { ...(item.row as Item), ...fields } }));

/** A record that moved nothing has none. */
export const postingsOf = ({ postings = [] }: Item) =>
  postings as { amount: number; subject: string }[];

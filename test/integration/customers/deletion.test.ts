import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { indexNames } from "../../../domain/shared/table.store.ts";
import { allItems } from "../../support/digest.ts";
import { callerBy } from "../../support/interposed.ts";
import { type Answer, type ApiCall, aShell } from "../../support/shell.ts";
import { aStoringShell, type StoringShell } from "../../support/storage.ts";
import { countWrites } from "../../support/writes.ts";

type Asked = readonly [method: string, path: string, body: object];
type Row = readonly [name: string, asked: (customer: string) => Asked];

const items = [{ name: "Work", quantity: 1, price: 10 }];
const monthly = { frequency: "monthly", startOn: "2027-04-01" };
const file = { name: "plan.pdf", contentType: "application/pdf", size: 2_000 };

let shell: StoringShell;
let draft: string;

beforeAll(async () => {
  shell = await aStoringShell();
  const customer = { billTo: { company: "Other" } };
  draft = (await shell.call("POST", "/v1/invoices", { customer, items })).body.id;
});

/** What may come to refer to a customer. */
const referring: readonly Row[] = [
  ["a draft invoice", (customer) => ["POST", "/v1/invoices", { customer, items }]],
  ["an issued one", (customer) => ["POST", "/v1/invoices", { customer, items, status: "Unpaid" }]],
  ["a draft that moves to it", (customer) => ["PATCH", `/v1/invoices/${draft}`, { customer }]],
  ["a quote", (customer) => ["POST", "/v1/quotes", { customer, items }]],
  [
    "a draft credit",
    (customer) => [
      "POST",
      "/v1/credits",
      { customer, amount: 5, currency: "USD", reason: "sorry" },
    ],
  ],
  [
    "a recurring invoice",
    (customer) => ["POST", "/v1/recurring-invoices", { template: { customer, items }, ...monthly }],
  ],
  [
    "money",
    (customer) => [
      "POST",
      "/v1/payments",
      { customer, amount: 5, currency: "USD", method: "Cash" },
    ],
  ],
  ["a file", (customer) => ["POST", "/v1/documents", { customer, ...file }]],
  [
    "a top-up rule",
    (customer) => [
      ...(["PUT", `/v1/customers/${customer}/top-up`] as const),
      { threshold: 1, amount: 5, action: "request" },
    ],
  ],
];
const all: readonly Row[] = [
  ...referring,
  [
    "a contact",
    (customer) => ["POST", `/v1/customers/${customer}/contacts`, { email: "a@b.test" }],
  ],
];

async function aCustomer(): Promise<string> {
  const made = await shell.call("POST", "/v1/customers", { billTo: { company: "Acme" } });
  return made.body.id;
}

const deletion = (call: ApiCall, id: string): Promise<Answer> =>
  call("DELETE", `/v1/customers/${id}`);

/** A caller that `meanwhile` overtakes just before its n-th call of the table. */
function overtaken(nth: number, meanwhile: () => Promise<unknown>): ApiCall {
  let calls = 0;
  return callerBy(shell, async (db, command) => {
    calls += 1;
    if (calls === nth) await meanwhile();
    return db.send(command as never);
  });
}

/** Lists by customer show nothing yet. */
const lagging = (): ApiCall =>
  callerBy(shell, async (db, command) => {
    const isList =
      command instanceof QueryCommand && command.input.IndexName === indexNames.byCustomer;
    return isList ? { Items: [] } : db.send(command as never);
  });

/** Nothing is left of the customer but events, and for a day the notes that it is gone. */
async function left(id: string): Promise<unknown[]> {
  const named = (await allItems(shell.table)).filter((item) => JSON.stringify(item).includes(id));
  const kinds = named.map(({ pk, sk }) => `${String(pk).replace(shell.agency.id, "")} ${sk}`);
  return kinds.filter((kind) => !/^A##CUS#\S+ USE$|^A##C#\S+ ACCOUNT$| E#|^X#|#IDEM#/.test(kind));
}

/** Runs one against the other before each of its calls, until it makes no more. */
async function inEveryOrder(
  play: (id: string, nth: number) => Promise<{ readonly deleted: Answer; readonly met: boolean }>,
): Promise<void> {
  for (let nth = 1; ; nth += 1) {
    const id = await aCustomer();
    const { deleted, met } = await play(id, nth);
    if (deleted.status === 204) {
      expect({ nth, left: await left(id) }).toEqual({ nth, left: [] });
    } else {
      const { status, body } = deleted;
      expect({ nth, status }).toEqual({ nth, status: 409 });
      expect(body.code).toMatch(/^customer\.(in-use|has-documents)$/);
      expect((await shell.call("GET", `/v1/customers/${id}`)).status).toBe(200);
    }
    if (!met) return;
  }
}

describe.each(all)("a customer that is deleted while %s is made for it", (_, asked) => {
  test("is gone whole or stays, whichever comes in between", async () => {
    let refused = 0;
    await inEveryOrder(async (id, nth) => {
      let deleting: Promise<Answer> | undefined;
      const late = overtaken(nth, () => {
        deleting = deletion(shell.call, id);
        return deleting;
      });
      const answer = await late(...asked(id));
      expect(answer.status).toBeLessThan(500);
      // Not every call is waited for, so that both may have been done; then nothing is left.
      const deleted = await deleting;
      if (deleted?.status === 204 && answer.status > 299) {
        refused += 1;
        expect(answer).toMatchObject({ status: 404, body: { code: "customer.not-found" } });
      }
      return { deleted: deleted ?? (await deletion(shell.call, id)), met: deleted !== undefined };
    });
    expect(refused).toBeGreaterThan(0);
  });

  test("goes whole or stays, wherever its deletion is overtaken", async () => {
    await inEveryOrder(async (id, nth) => {
      let making: Promise<Answer> | undefined;
      const late = overtaken(nth, () => {
        making = shell.call(...asked(id));
        return making;
      });
      const deleted = await deletion(late, id);
      const made = await making;
      expect(made?.status ?? 0).toBeLessThan(500);
      return { deleted, met: made !== undefined };
    });
  });
});

const withNewCustomer: readonly Row[] = [
  ["a draft", (customer) => ["POST", "/v1/invoices", { customer, items }]],
  ["a quote", (customer) => ["POST", "/v1/quotes", { customer, items }]],
];

describe("what no list shows yet", () => {
  test.each(referring)("keeps its customer: %s", async (_, asked) => {
    const id = await aCustomer();
    expect((await shell.call(...asked(id))).status).toBeLessThan(300);
    const writes = countWrites(shell.table);
    expect(await deletion(lagging(), id)).toMatchObject({ status: 409 });
    expect(writes()).toBe(0);
  });

  test.each(withNewCustomer)("keeps the customer that came with it: %s", async (_, asked) => {
    const [method, path, body] = asked("");
    const customer = { billTo: { company: "New" } };
    const made = await shell.call(method, path, { ...body, customer });
    expect(made.status).toBe(201);
    expect(await deletion(lagging(), made.body.customer)).toMatchObject({
      ...{ status: 409, body: { code: "customer.in-use" } },
    });
  });
});

test("no list may show yet what was made a moment ago, so that its customer stays that long", async () => {
  const { call, clock, table } = await aShell();
  const { id } = (await call("POST", "/v1/customers", { billTo: { company: "Acme" } })).body;
  for (const wait of ["PT0S", "PT59S"]) {
    clock.advance(wait);
    const made = await call("POST", "/v1/invoices", { customer: id, items });
    expect(await call("DELETE", `/v1/invoices/${made.body.id}`)).toMatchObject({ status: 204 });
  }
  clock.advance("PT60S");
  const writes = countWrites(table);
  expect(await deletion(call, id)).toMatchObject({
    status: 409,
    body: { code: "customer.in-use", detail: expect.stringContaining("2027-03-01T09:02:00.000Z") },
  });
  expect(writes()).toBe(0);
  clock.advance("PT1S");
  expect(await deletion(call, id)).toMatchObject({ status: 204 });
});

const currencies = ["USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK"] as const;

test("a customer has a bounded number of top-up rules, and goes with all of them", async () => {
  const { call, clock } = shell;
  const id = await aCustomer();
  const put = (currency: string) =>
    call("PUT", `/v1/customers/${id}/top-up?currency=${currency}`, {
      ...{ threshold: 1, amount: 5, action: "request" },
    });
  for (const currency of currencies) expect((await put(currency)).status).toBe(200);
  const writes = countWrites(shell.table);
  expect(await put("DKK")).toMatchObject({
    ...{ status: 400, body: { code: "request.invalid", detail: expect.stringContaining("10") } },
  });
  expect(writes()).toBe(0);
  expect((await put("USD")).status).toBe(200);
  clock.advance("PT2M");
  expect(await deletion(call, id)).toMatchObject({ status: 204 });
  expect(await left(id)).toEqual([]);
});

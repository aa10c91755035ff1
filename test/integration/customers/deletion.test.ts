import { type DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { allItems } from "../../support/digest.ts";
import { type Answer, type ApiCall, aShell, caller, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";

const items = [{ name: "Work", quantity: 1, price: 10 }];
const monthly = { frequency: "monthly", startOn: "2027-04-01" };

/** What may come to refer to a customer, and doesn't go through its account. */
const referring: readonly (readonly [name: string, (customer: string) => Asked])[] = [
  ["a draft invoice", (customer) => ["POST", "/v1/invoices", { customer, items }]],
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
];

/** What goes with the customer. */
const belonging: typeof referring = [
  [
    "a contact",
    (customer) => ["POST", `/v1/customers/${customer}/contacts`, { email: "a@b.test" }],
  ],
  [
    "a top-up rule",
    (customer) => [
      "PUT",
      `/v1/customers/${customer}/top-up`,
      { threshold: 1, amount: 5, action: "request" },
    ],
  ],
];

type Asked = readonly [method: string, path: string, body: object];

async function aCustomer({ call }: Pick<Shell, "call">): Promise<string> {
  const made = await call("POST", "/v1/customers", { billTo: { company: "Acme" } });
  return made.body.id;
}

const deletion = ({ call }: Pick<Shell, "call">, id: string): Promise<Answer> =>
  call("DELETE", `/v1/customers/${id}`);

/** A caller whose first transaction comes only after `meanwhile`. */
function overtaken({ deps, apiKey }: Shell, meanwhile: () => Promise<unknown>): ApiCall {
  let isFirst = true;
  const tenant: Shell["deps"]["tenant"] = async (agency) => {
    const own = await deps.tenant(agency);
    const send = async (command: unknown) => {
      const isNow = isFirst && command instanceof TransactWriteCommand;
      if (isNow) {
        isFirst = false;
        await meanwhile();
      }
      return own.db.send(command as never);
    };
    const db = new Proxy(own.db, {
      get: (target: DynamoDBDocumentClient, name) =>
        name === "send" ? send : Reflect.get(target, name),
    });
    return { ...own, db };
  };
  return caller({ ...deps, tenant }, apiKey);
}

/** Nothing is left of the customer but events, and for a day the notes that it is gone. */
async function left({ table, agency }: Shell, id: string): Promise<unknown[]> {
  const named = (await allItems(table)).filter((item) => JSON.stringify(item).includes(id));
  const kinds = named.map(({ pk, sk }) => `${String(pk).replace(agency.id, "")} ${sk}`);
  return kinds.filter((kind) => !/^A##CUS#\S+ USE$|^A##C#\S+ ACCOUNT$| E#|^X#|#IDEM#/.test(kind));
}

describe("a customer that is deleted while something is made for it", () => {
  test.each([...referring, ...belonging])("is there no more: %s is refused", async (_, asked) => {
    const shell = await aShell();
    const id = await aCustomer(shell);
    const late = overtaken(shell, async () => {
      expect(await deletion(shell, id)).toMatchObject({ status: 204 });
    });
    const refused = await late(...asked(id));
    expect(refused).toMatchObject({ status: 404, body: { code: "customer.not-found" } });
    expect(await left(shell, id)).toEqual([]);
  });

  test.each(referring)("stays when %s was quicker", async (_, asked) => {
    const shell = await aShell();
    const id = await aCustomer(shell);
    const late = overtaken(shell, async () => {
      expect(await shell.call(...asked(id))).toMatchObject({ status: 201 });
    });
    const refused = await late("DELETE", `/v1/customers/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: "customer.has-documents" } });
    expect(await shell.call("GET", `/v1/customers/${id}`)).toMatchObject({ status: 200 });
  });

  test.each(belonging)("takes %s with it, sooner or later, that was quicker", async (_, asked) => {
    const shell = await aShell();
    const id = await aCustomer(shell);
    const late = overtaken(shell, async () => {
      expect((await shell.call(...asked(id))).status).toBeLessThan(300);
    });
    const { status, body } = await late("DELETE", `/v1/customers/${id}`);
    if (status !== 204) {
      expect({ status, code: body.code }).toEqual({ status: 409, code: "customer.in-use" });
      shell.clock.advance("PT2M");
      expect(await deletion(shell, id)).toMatchObject({ status: 204 });
    }
    expect(await left(shell, id)).toEqual([]);
  });
});

test("no list may show yet what was made a moment ago, so that its customer stays that long", async () => {
  const shell = await aShell();
  const id = await aCustomer(shell);
  for (const wait of ["PT0S", "PT59S"]) {
    shell.clock.advance(wait);
    const draft = await shell.call("POST", "/v1/invoices", { customer: id, items });
    expect(await shell.call("DELETE", `/v1/invoices/${draft.body.id}`)).toMatchObject({
      status: 204,
    });
  }
  shell.clock.advance("PT60S");
  const writes = countWrites(shell.table);
  expect(await deletion(shell, id)).toMatchObject({
    status: 409,
    body: { code: "customer.in-use", detail: expect.stringContaining("2027-03-01T09:02:00.000Z") },
  });
  expect(writes()).toBe(0);
  shell.clock.advance("PT1S");
  expect(await deletion(shell, id)).toMatchObject({ status: 204 });
});

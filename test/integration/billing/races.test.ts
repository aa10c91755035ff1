import { expect, test } from "vitest";
import { aShell, type Shell } from "../../support/shell.ts";

const items = [{ name: "Work", quantity: 1, price: 100 }];
const billTo = { company: "Acme" };

const customerOf = async ({ call }: Shell): Promise<string> =>
  (await call("POST", "/v1/invoices", { customer: { billTo }, items })).body.customer;

test("60 parallel issues number without a gap, and none fails", async () => {
  const shell = await aShell();
  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      shell.call("POST", "/v1/invoices", { customer: { billTo }, items, status: "Unpaid" }),
    ),
  );
  const numbers = answers.map(({ body }) => body.number).sort();
  expect(numbers).toEqual(
    Array.from({ length: 60 }, (_, n) => `INV-${String(n + 1).padStart(4, "0")}`),
  );
  expect(shell.errors).toEqual([]);
});

test("a reserved number is skipped by the series, once", async () => {
  const { call } = await aShell();
  await call("POST", "/v1/invoices", { customer: { billTo }, items, number: "INV-0002" });
  const issue = async () =>
    (await call("POST", "/v1/invoices", { customer: { billTo }, items, status: "Unpaid" })).body
      .number;
  expect([await issue(), await issue(), await issue()]).toEqual([
    "INV-0001",
    "INV-0003",
    "INV-0004",
  ]);
});

test("two applications of the same money: one wins, the other is told that too little is left", async () => {
  const shell = await aShell();
  const customer = await customerOf(shell);
  const { call } = shell;
  const paid = await call("POST", "/v1/payments", {
    customer,
    amount: 100,
    currency: "USD",
    method: "Cash",
  });
  const invoices = await Promise.all(
    [1, 2].map(() =>
      call("POST", "/v1/invoices", { customer, items, status: "Unpaid", autoApply: "off" }),
    ),
  );
  const answers = await Promise.all(
    invoices.map(({ body }) =>
      call("POST", `/v1/payments/${paid.body.id}/apply`, {
        invoices: [{ invoice: body.id, amount: 100 }],
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect((await call("GET", `/v1/payments/${paid.body.id}`)).body).toMatchObject({
    applied: 100,
    unapplied: 0,
  });
});

test("paying and canceling at once leave one of the two outcomes, never both", async () => {
  const shell = await aShell();
  const customer = await customerOf(shell);
  const { call } = shell;
  const { body } = await call("POST", "/v1/invoices", { customer, items, status: "Unpaid" });
  const [paid, canceled] = await Promise.all([
    call("POST", `/v1/invoices/${body.id}/payments`, { method: "Cash" }),
    call("POST", `/v1/invoices/${body.id}/cancel`, {}),
  ]);
  const end = (await call("GET", `/v1/invoices/${body.id}`)).body;
  expect(canceled.status).toBe(200);
  expect(end).toMatchObject({ status: "Canceled", paid: 0, applications: [] });
  const payments = await call("GET", `/v1/payments?customer=${customer}`);
  expect(payments.body.total).toBe(paid.status === 201 ? 1 : 0);
  for (const payment of payments.body.docs) expect(payment.unapplied).toBe(100);
});

test("the same idempotency key twice at once runs once", async () => {
  const shell = await aShell();
  const customer = await customerOf(shell);
  const request = { customer, amount: 100, currency: "USD", method: "Cash" };
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() =>
      shell.call("POST", "/v1/payments", request, { "idempotency-key": "k-1" }),
    ),
  );
  for (const { status } of answers) expect([201, 409]).toContain(status);
  const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
  expect(ids.size).toBe(1);
  expect((await shell.call("GET", `/v1/payments?customer=${customer}`)).body.total).toBe(1);
});

test("a key is replayed word for word, and refused for another request", async () => {
  const shell = await aShell();
  const key = { "idempotency-key": "order 17" };
  const body = { customer: { billTo }, items };
  const first = await shell.call("POST", "/v1/invoices", body, key);
  const again = await shell.call("POST", "/v1/invoices", body, key);
  expect(again.body).toEqual(first.body);
  expect(again).toMatchObject({ status: 201, headers: { "idempotency-replayed": "true" } });
  const other = await shell.call("POST", "/v1/invoices", { ...body, notes: "x" }, key);
  expect(other).toMatchObject({ status: 422, body: { code: "idempotency.key-reused" } });
  const refused = await shell.call("POST", "/v1/invoices", { items }, { "idempotency-key": "bad" });
  expect(refused.status).toBe(400);
  const mended = await shell.call("POST", "/v1/invoices", body, { "idempotency-key": "bad" });
  expect(mended.status).toBe(201);
});

import { expect, test } from "vitest";
import { aShell } from "../../support/shell.ts";

/** The exact body of the seed's page. */
const seed = {
  isRetainer: true,
  customer: { internalId: "INTERNAL_USER_ID", billTo: { company: "Invoiless" } },
  items: [{ name: "Monthly Retainer", quantity: 1, price: 5000 }],
  status: "Draft",
};

const work = (customer: string, price: number) => ({
  customer,
  items: [{ name: "Work", quantity: 1, price }],
});

test("a retainer is asked for, paid, and drawn down by two invoices to the cent", async () => {
  const { call, clock } = await aShell();
  const retainer = await call("POST", "/v1/invoices", seed);
  expect(retainer).toMatchObject({
    status: 201,
    body: { status: "Draft", number: null, isRetainer: true, drawStatus: "Unfunded", total: 5000 },
  });
  const { id, customer } = retainer.body;
  const sent = await call("POST", `/v1/invoices/${id}/send`, {});
  expect(sent).toMatchObject({ status: 202, body: { status: "Unpaid", number: "RET-0001" } });

  const payment = await call("POST", `/v1/invoices/${id}/payments`, { method: "BankTransfer" });
  expect(payment).toMatchObject({
    status: 201,
    body: { amount: 5000, unapplied: 5000, applied: 0, status: "Succeeded", retainer: id },
  });
  expect((await call("GET", `/v1/invoices/${id}`)).body).toMatchObject({
    status: "Paid",
    balance: 0,
    drawStatus: "Undrawn",
    retainer: { funded: 5000, drawn: 0, refunded: 0, remaining: 5000 },
  });

  const first = await call("POST", "/v1/invoices", { ...work(customer, 3200), status: "Unpaid" });
  expect(first.body).toMatchObject({
    number: "INV-0001",
    status: "Paid",
    balance: 0,
    applications: [
      { payment: payment.body.id, amount: 3200, retainer: { id, number: "RET-0001" } },
    ],
  });
  expect((await call("GET", `/v1/invoices/${id}`)).body).toMatchObject({
    drawStatus: "PartiallyDrawn",
    retainer: { remaining: 1800 },
  });

  clock.advance("P1D");
  const draft = await call("POST", "/v1/invoices", work(customer, 2500));
  const second = await call("POST", `/v1/invoices/${draft.body.id}/send`, {});
  expect(second.body).toMatchObject({
    number: "INV-0002",
    status: "Partial",
    balance: 700,
    paid: 1800,
  });
  expect((await call("GET", `/v1/invoices/${id}`)).body).toMatchObject({
    status: "Paid",
    drawStatus: "Drawn",
    retainer: { funded: 5000, drawn: 5000, refunded: 0, remaining: 0 },
  });
  expect((await call("GET", `/v1/payments/${payment.body.id}`)).body).toMatchObject({
    unapplied: 0,
    applied: 5000,
    applications: [
      { invoice: first.body.id, amount: 3200 },
      { invoice: draft.body.id, amount: 1800 },
    ],
  });
});

test("canceling gives the money back to the retainer, and the next invoice draws it again", async () => {
  const { call } = await aShell();
  const retainer = await call("POST", "/v1/invoices", { ...seed, status: "Unpaid" });
  const { id, customer } = retainer.body;
  await call("POST", `/v1/invoices/${id}/payments`, { method: "Cash" });
  const first = await call("POST", "/v1/invoices", { ...work(customer, 3200), status: "Unpaid" });
  const canceled = await call("POST", `/v1/invoices/${first.body.id}/cancel`, { reason: "twice" });
  expect(canceled.body).toMatchObject({
    status: "Canceled",
    number: "INV-0001",
    paid: 0,
    balance: 0,
    applications: [],
    cancelReason: "twice",
  });
  expect((await call("GET", `/v1/invoices/${id}`)).body.retainer.remaining).toBe(5000);
  const next = await call("POST", "/v1/invoices", { ...work(customer, 5000), status: "Unpaid" });
  expect(next.body).toMatchObject({ number: "INV-0002", status: "Paid" });
});

test("a scoped retainer pays only for work that carries one of its tags", async () => {
  const { call } = await aShell();
  const retainer = await call("POST", "/v1/invoices", {
    ...seed,
    status: "Unpaid",
    scope: ["site"],
  });
  const { id, customer } = retainer.body;
  const paid = await call("POST", `/v1/invoices/${id}/payments`, { method: "Cash" });
  const other = await call("POST", "/v1/invoices", { ...work(customer, 100), status: "Unpaid" });
  expect(other.body).toMatchObject({ status: "Unpaid", balance: 100 });
  const forced = await call("POST", `/v1/payments/${paid.body.id}/apply`, {
    invoices: [{ invoice: other.body.id }],
  });
  expect(forced).toMatchObject({ status: 422, body: { code: "retainer.out-of-scope" } });
  const site = { ...work(customer, 100), status: "Unpaid", tags: ["site"] };
  expect((await call("POST", "/v1/invoices", site)).body.status).toBe("Paid");
});

test("automatic application takes credits first, then kept money, then other money, oldest first", async () => {
  const { call, clock } = await aShell();
  const retainer = await call("POST", "/v1/invoices", {
    ...seed,
    status: "Unpaid",
    scope: ["site"],
  });
  const { customer } = retainer.body;
  const plain = await call("POST", "/v1/payments", {
    customer,
    amount: 50,
    currency: "USD",
    method: "Cash",
  });
  clock.advance("PT1M");
  const kept = await call("POST", `/v1/invoices/${retainer.body.id}/payments`, {
    method: "Cash",
    amount: 30,
  });
  const credit = await call("POST", "/v1/credits", { customer, amount: 20, currency: "USD" });
  await call("POST", `/v1/credits/${credit.body.id}/issue`, {});
  const invoice = { ...work(customer, 90), status: "Unpaid", tags: ["site"] };
  const { body } = await call("POST", "/v1/invoices", invoice);
  expect(body.applications).toMatchObject([
    { credit: credit.body.id, amount: 20 },
    { payment: kept.body.id, amount: 30 },
    { payment: plain.body.id, amount: 40 },
  ]);
});

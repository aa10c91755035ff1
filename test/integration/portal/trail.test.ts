import { beforeAll, describe, expect, test } from "vitest";
import { documentLink } from "../../../functions/portal/links.ts";
import {
  aDocument,
  aPortalWorld,
  aVisitor,
  type Json,
  type PortalWorld,
  tokenIn,
} from "./world.ts";

/** A quote over 5,000 that became a retainer, was paid, and drawn on by two invoices. */
let world: PortalWorld;
const ids: Record<"quote" | "retainer" | "payment" | "first" | "second", string> = {
  ...{ quote: "", retainer: "", payment: "", first: "", second: "" },
};

beforeAll(async () => {
  world = await aPortalWorld();
  const { shell, person, visitor } = world;
  const { customer } = person;
  const items = [{ name: "Retainer", quantity: 1, price: 5000 }];
  const made = await shell.call("POST", "/v1/quotes", { customer, items, isRetainer: true });
  ids.quote = made.body.id;
  await shell.call("POST", `/v1/quotes/${ids.quote}/mark-sent`);
  const approved = await visitor.call("POST", `/portal/quotes/${ids.quote}/approve`, {});
  ids.retainer = approved.body.invoice;
  const cash = { method: "Cash" };
  const paid = await shell.call("POST", `/v1/invoices/${ids.retainer}/payments`, cash);
  ids.payment = paid.body.id;
  ids.first = (await aDocument(shell, { customer, amount: 3200 })).id;
  ids.second = (await aDocument(shell, { customer, amount: 2500 })).id;
});

const steps = (list: readonly Json[]) => list.map(({ id, amount }) => [id, amount]);

const told = ({ trail }: Json) => ({
  quotes: steps(trail.quotes),
  retainers: steps(trail.retainers),
  payments: steps(trail.payments),
  invoices: steps(trail.invoices).sort(),
});

const whole = () => ({
  quotes: [[ids.quote, null]],
  retainers: [[ids.retainer, 5000]],
  payments: [[ids.payment, 5000]],
  invoices: [
    [ids.first, 3200],
    [ids.second, 1800],
  ].sort(),
});

describe("the way from the quote to the invoices is the same, seen", () => {
  test.each([
    ["from the quote", "quotes", "quote"],
    ["from the retainer", "invoices", "retainer"],
    ["from the payment", "payments", "payment"],
  ] as const)("%s", async (_name, kind, one) => {
    expect(told(await world.visitor.get(`/portal/${kind}/${ids[one]}`))).toEqual(whole());
  });

  test("from an invoice, with its own part", async () => {
    const invoice = await world.visitor.get(`/portal/invoices/${ids.second}`);
    expect(told(invoice)).toEqual({
      ...whole(),
      payments: [[ids.payment, 1800]],
      invoices: [[ids.second, 1800]],
    });
  });

  test("and every step says how it is called and opens", async () => {
    const { trail } = await world.visitor.get(`/portal/payments/${ids.payment}`);
    const all = [...trail.quotes, ...trail.retainers, ...trail.payments, ...trail.invoices];
    for (const { number, opens } of all) {
      expect([typeof number, opens]).toEqual(["string", true]);
    }
  });
});

test("an invoice without a quote or retainer has a way of its own", async () => {
  const { shell, person, visitor } = world;
  const { customer } = person;
  const { id } = await aDocument(shell, { customer, amount: 100, autoApply: "off" });
  const before = await visitor.get(`/portal/invoices/${id}`);
  expect(told(before)).toEqual({ quotes: [], retainers: [], payments: [], invoices: [[id, 0]] });
  const { body } = await shell.call("POST", `/v1/invoices/${id}/payments`, { method: "Cash" });
  expect(told(await visitor.get(`/portal/invoices/${id}`))).toMatchObject({
    payments: [[body.id, 100]],
    invoices: [[id, 100]],
  });
});

test("a quote that waits for an answer stands alone", async () => {
  const { shell, person, visitor } = world;
  const items = [{ name: "Work", quantity: 1, price: 10 }];
  const terms = { customer: person.customer, items };
  const { body } = await shell.call("POST", "/v1/quotes", terms);
  await shell.call("POST", `/v1/quotes/${body.id}/mark-sent`);
  expect(told(await visitor.get(`/portal/quotes/${body.id}`))).toEqual({
    quotes: [[body.id, null]],
    ...{ retainers: [], payments: [], invoices: [] },
  });
});

test("a document's own link opens it and what it became; the other steps are named only", async () => {
  const { shell, person } = world;
  const { customer } = person;
  const contact = person.id as `con_${string}`;
  const { url } = await documentLink(shell.deps, {
    ...{ agency: shell.agency, customer: customer as `cus_${string}` },
    ...{ contact, document: ids.quote },
  });
  const visitor = aVisitor(shell);
  await visitor.call("POST", "/portal/session", { token: tokenIn(url) });
  const { trail } = await visitor.get(`/portal/quotes/${ids.quote}`);
  const opens = (list: readonly Json[]) => list.map((step) => step.opens);
  expect([...opens(trail.quotes), ...opens(trail.retainers)]).toEqual([true, true]);
  expect([...opens(trail.payments), ...opens(trail.invoices)]).toEqual([false, false, false]);
  for (const { id, opens: follows } of [...trail.retainers, ...trail.invoices]) {
    const { status } = await visitor.call("GET", `/portal/invoices/${id}`);
    expect(status).toBe(follows ? 200 : 404);
  }
});

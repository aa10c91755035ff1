import { expect, test } from "vitest";
import { documentLink } from "../../../functions/portal/links.ts";
import type { AnAgency } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";
import {
  aContact,
  aDocument,
  aPortalWorld,
  aVisitor,
  type Json,
  type PortalWorld,
  settings,
  tokenIn,
} from "./world.ts";

async function aQuote(agency: AnAgency, customer: string, over: object = {}): Promise<Json> {
  const items = [{ name: "Retainer", quantity: 1, price: 5000 }];
  const made = await agency.call("POST", "/v1/quotes", {
    ...{ customer, items, isRetainer: true },
    ...over,
  });
  expect(made.status).toBe(201);
  await agency.call("POST", `/v1/quotes/${made.body.id}/send`, {});
  return made.body;
}

test("approving a quote leads to the payment screen of the retainer that it became", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { id } = await aQuote(shell, person.customer);
  expect((await visitor.get("/portal/quotes")).docs).toMatchObject([
    { id, number: "QUO-0001", status: "Sent", total: 5000, isRetainer: true },
  ]);
  await visitor.get(`/portal/quotes/${id}`);
  const approved = await visitor.call("POST", `/portal/quotes/${id}/approve`, {});
  expect(approved.status).toBe(200);
  const { invoice, payUrl } = approved.body;
  expect(payUrl).toBe(`http://drawdown.test/p/${shell.agency.slug}/invoices/${invoice}`);
  const retainer = await visitor.get(`/portal/invoices/${invoice}`);
  expect(retainer).toMatchObject({ number: "RET-0001", status: "Unpaid", quote: id });
  const quote = await visitor.get(`/portal/quotes/${id}`);
  expect(quote).toMatchObject({ status: "Converted", approvedBy: "Ann Lee", invoice });
  const events = await shell.deliver();
  const mine = events.filter(({ actor }) => actor.contact === person.id);
  expect(mine.map(({ type }) => type).sort()).toEqual([
    ...["invoice.issued", "invoice.viewed", "portal.logged-in", "quote.approved", "quote.viewed"],
  ]);
});

test.each([
  ["requireSignature", {}, "quote.name-required"],
  ["requireTerms", { name: "Ann Lee" }, "quote.terms-required"],
  ["requirePoNumber", { name: "Ann Lee", terms: true }, "quote.po-number-required"],
] as const)(
  "where the agency says %s, the server holds the contact to it",
  async (rule, body, code) => {
    const { shell, person, visitor } = await aPortalWorld();
    await settings(shell, { quote: { [rule]: true } });
    const { id } = await aQuote(shell, person.customer);
    const accepted = countWrites(shell.table);
    const refused = await visitor.call("POST", `/portal/quotes/${id}/approve`, body);
    expect(refused).toMatchObject({ status: 400, body: { code } });
    expect(accepted()).toBe(0);
    const whole = { name: "Ann Lee", terms: true, poNumber: "PO-7" };
    const approved = await visitor.call("POST", `/portal/quotes/${id}/approve`, whole);
    expect(approved.status).toBe(200);
  },
);

test("a declined quote can't be approved any more", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { id } = await aQuote(shell, person.customer);
  const declined = await visitor.call("POST", `/portal/quotes/${id}/decline`, { reason: "dear" });
  expect(declined).toMatchObject({ status: 200, body: { status: "Declined" } });
  const again = await visitor.call("POST", `/portal/quotes/${id}/approve`, {});
  expect(again).toMatchObject({ status: 409, body: { code: "quote.not-open" } });
});

async function opened(world: PortalWorld, document: string) {
  const { url } = await documentLink(world.shell.deps, {
    agency: world.shell.agency,
    customer: world.person.customer as never,
    contact: world.person.id as never,
    document,
  });
  const visitor = aVisitor(world.shell);
  const token = tokenIn(url);
  expect((await visitor.call("POST", "/portal/session", { token })).status).toBe(204);
  return { visitor, token, url };
}

test("a quote's own link opens it, what it becomes, and nothing else; again and again", async () => {
  const world = await aPortalWorld();
  const { shell, person } = world;
  const { id } = await aQuote(shell, person.customer);
  const other = await aDocument(shell, { customer: person.customer, amount: 100 });
  const { visitor, token, url } = await opened(world, id);
  expect(url).toMatch(`http://drawdown.test/p/${shell.agency.slug}/d#token=`);
  expect((await visitor.get("/portal/me")).session).toEqual({ document: id, staff: false });
  await visitor.get(`/portal/quotes/${id}`);
  const { invoice } = (await visitor.call("POST", `/portal/quotes/${id}/approve`, {})).body;
  await visitor.get(`/portal/invoices/${invoice}`);
  expect((await visitor.call("GET", `/portal/invoices/${invoice}/pdf`)).status).toBe(200);
  expect((await visitor.call("GET", `/portal/invoices/${other.id}`)).status).toBe(404);
  for (const path of [
    ...["home", "invoices", "quotes", "payments", "credits", "profile", "payment-methods"],
    ...["prepayments", "statement?from=2027-01-01&to=2027-02-01"],
  ]) {
    const answer = await visitor.call("GET", `/portal/${path}`);
    expect({ path, code: answer.body.code }).toEqual({ path, code: "portal.document-only" });
  }
  const pay = { paymentMethod: "pm_1" };
  const charged = await visitor.call("POST", `/portal/invoices/${invoice}/pay`, pay);
  expect(charged).toMatchObject({ status: 403, body: { code: "portal.document-only" } });
  const again = aVisitor(shell);
  shell.clock.advance("P89D");
  expect((await again.call("POST", "/portal/session", { token })).status).toBe(204);
  shell.clock.advance("P1D");
  expect((await again.call("GET", "/portal/me")).status).toBe(401);
  expect((await again.call("POST", "/portal/session", { token })).status).toBe(401);
});

test("whoever is logged in follows a document's link without losing the rest", async () => {
  const world = await aPortalWorld();
  const { id } = await aDocument(world.shell, { customer: world.person.customer, amount: 100 });
  const { token } = await opened(world, id);
  const before = world.visitor.cookie();
  await world.visitor.call("POST", "/portal/session", { token });
  expect(world.visitor.cookie()).toBe(before);
  await world.visitor.get("/portal/home");
  const colleague = await aContact(world.shell, { company: "Beta", email: "bo@beta.test" });
  expect(colleague.customer).not.toBe(world.person.customer);
});

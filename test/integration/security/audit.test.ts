import { describe, expect, test } from "vitest";
import { hashOf, journalRecordSchema } from "../../../domain/shared/journal.ts";
import { allItems } from "../../support/digest.ts";
import { type AnAgency, aShell, type Shell } from "../../support/shell.ts";
import {
  aContact,
  aDocument,
  aVisitor,
  type Json,
  loggedIn,
  settings,
  tokenIn,
} from "../portal/world.ts";
import { aStripeWorld } from "../stripe/world.ts";

/** Who did what, when and from where, as the agency reads it afterwards. */
const origin = { ip: "192.0.2.1", userAgent: "test" };

async function eventsOf(agency: AnAgency, query: string): Promise<Json[]> {
  const { status, body } = await agency.call("GET", `/v1/events?${query}`);
  expect(status).toBe(200);
  return body.docs;
}

async function told(shell: Shell, type: string): Promise<Json[]> {
  await shell.deliver();
  return eventsOf(shell, `type=${type}`);
}

describe("an event tells who, when and from where", () => {
  test("of a change that moved no money", async () => {
    const shell = await aShell();
    const key = (await shell.call("GET", "/v1/api-keys")).body.docs[0].id;
    const { body } = await shell.call("POST", "/v1/customers", { billTo: { company: "Acme" } });
    expect(await told(shell, "customer.created")).toMatchObject([
      { subject: body.id, actor: { apiKey: key }, at: shell.clock.now(), origin },
    ]);
  });

  test("of money, without a trace in the journal's chain", async () => {
    const shell = await aShell();
    const { customer } = await aContact(shell);
    await aDocument(shell, { customer, amount: 100 });
    await shell.call("POST", "/v1/payments", {
      ...{ customer, amount: 100, currency: "USD", method: "Cash" },
    });
    expect(await told(shell, "payment.received")).toMatchObject([{ customer, origin }]);
    const items = (await allItems(shell.table)).filter(({ sk }) => String(sk).startsWith("J#"));
    expect(items.length).toBeGreaterThanOrEqual(2);
    for (const item of items) {
      expect(item.origin).toEqual(origin);
      const record = journalRecordSchema.parse(item);
      expect(hashOf(record)).toBe(record.hash);
      expect(JSON.stringify(record)).not.toContain(origin.ip);
    }
  });

  test("of a registration", async () => {
    const shell = await aShell();
    await settings(shell, { portal: { registration: true } });
    const person = { email: "new@acme.test", firstName: "Ann", lastName: "Lee" };
    const visitor = aVisitor(shell);
    await visitor.call("POST", "/portal/register", { agency: shell.agency.slug, ...person });
    await shell.deliver();
    const text = new TextDecoder().decode(shell.mails.at(-1)?.raw).replaceAll("=\r\n", "");
    const token = /#token=(?:3D)?([\w-]{43})/.exec(text)?.[1];
    expect((await visitor.call("POST", "/portal/session", { token })).status).toBe(204);
    const [made] = await told(shell, "contact.created");
    expect(made).toMatchObject({ actor: { contact: made.subject }, origin });
    expect(await told(shell, "portal.logged-in")).toMatchObject([{ subject: made.subject }]);
  });

  test("and nothing of where the system works by itself", async () => {
    const shell = await aShell({
      deps: { sendMail: () => Promise.reject(new Error("no mail today")) },
    });
    const billTo = { company: "Nobody to mail" };
    const customer = (await shell.call("POST", "/v1/customers", { billTo })).body.id;
    const { id } = await aDocument(shell, { customer, amount: 100 });
    await shell.call("POST", `/v1/invoices/${id}/send`, {});
    await shell.deliver();
    const docs = await eventsOf(shell, `subject=${id}`);
    const bySystem = docs.filter(({ actor }) => actor.system);
    for (const one of bySystem) expect(one.origin).toBeNull();
    expect(docs.filter(({ actor }) => actor.apiKey).every((one) => one.origin.ip)).toBe(true);
  });
});

describe("comings and goings leave a lasting event", () => {
  test("log-in and log-out of a contact", async () => {
    const shell = await aShell();
    const person = await aContact(shell);
    const visitor = await loggedIn(shell, shell, person);
    await visitor.call("DELETE", "/portal/session");
    const { id: subject, customer } = person;
    const who = { subject, customer, actor: { contact: subject }, origin };
    expect(await told(shell, "portal.logged-in")).toMatchObject([
      { ...who, data: { document: null } },
    ]);
    expect(await told(shell, "portal.logged-out")).toMatchObject([who]);
  });

  test("staff open the portal for a contact, and are named with whatever they do there", async () => {
    const shell = await aShell();
    const { id: subject, customer } = await aContact(shell);
    const path = `/v1/customers/${customer}/contacts/${subject}/portal-link`;
    const { url } = (await shell.call("POST", path)).body;
    const [opened] = await told(shell, "portal.opened");
    expect(opened).toMatchObject({ subject, customer, origin });
    const visitor = aVisitor(shell);
    await visitor.call("POST", "/portal/session", { token: tokenIn(url) });
    const { apiKey } = opened.actor;
    const actor = { apiKey, contact: subject };
    expect(await told(shell, "portal.logged-in")).toMatchObject([{ subject, actor, origin }]);
    await visitor.call("PATCH", "/portal/profile", { firstName: "Anna" });
    expect(await told(shell, "contact.updated")).toMatchObject([{ subject, actor, origin }]);
  });

  test("going on as another customer's contact", async () => {
    const shell = await aShell();
    const first = await aContact(shell, { company: "Acme" });
    const second = await aContact(shell, { company: "Beta" });
    const visitor = await loggedIn(shell, shell, first);
    expect((await visitor.call("POST", `/portal/contacts/${second.id}/switch`)).status).toBe(204);
    expect(await told(shell, "portal.switched")).toMatchObject([
      {
        ...{ subject: second.id, customer: second.customer, origin },
        ...{ actor: { contact: first.id }, data: { from: first.id } },
      },
    ]);
  });

  test("a refused log-in leaves none", async () => {
    const shell = await aShell();
    const token = "t".repeat(43);
    expect((await aVisitor(shell).call("POST", "/portal/session", { token })).status).toBe(401);
    expect((await aVisitor(shell).call("DELETE", "/portal/session")).status).toBe(204);
    expect(await told(shell, "portal.logged-in")).toEqual([]);
    expect(await told(shell, "portal.logged-out")).toEqual([]);
  });

  test("a saved method that is chosen, and one that is removed", async () => {
    const world = await aStripeWorld();
    const { shell } = world;
    const person = await aContact(shell);
    const { customer, id: contact } = person;
    const visitor = await loggedIn(shell, shell, person);
    const { id } = await aDocument(shell, { customer, amount: 1 });
    const page = await visitor.call("POST", `/portal/invoices/${id}/pay`, { save: true });
    await world.pay(page.body.url);
    await world.settle();
    const method = (await visitor.get("/portal/payment-methods")).docs[0].id;
    const path = `/portal/payment-methods/${method}`;
    expect((await visitor.call("POST", `${path}/default`)).status).toBe(204);
    expect((await visitor.call("DELETE", path)).status).toBe(204);
    await world.settle();
    const told = { customer, actor: { contact }, data: { method }, origin };
    for (const type of ["payment-method.chosen", "payment-method.removal-asked"]) {
      expect(await eventsOf(shell, `type=${type}`)).toMatchObject([told]);
    }
  });
});

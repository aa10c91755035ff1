import { beforeAll, describe, expect, test } from "vitest";
import type { Contact } from "../../../domain/customers/contact.ts";
import type { Route } from "../../../functions/kit/route.ts";
import { documentLink } from "../../../functions/portal/links.ts";
import { routes } from "../../../functions/routes.ts";
import type { AnAgency, Answer } from "../../support/shell.ts";
import { aDocument as aFile, aStoringShell } from "../../support/storage.ts";
import { countWrites } from "../../support/writes.ts";
import {
  aContact,
  aDocument,
  aPortalOf,
  aVisitor,
  loggedIn,
  type Person,
  type PortalWorld,
  settings,
  tokenIn,
} from "./world.ts";

/**
 * Walks the portal's lines of the table of routes: nobody without a session, and no contact to the records
 * of another customer, of the same agency or of another one.
 */
const own = routes.filter(({ auth }) => auth === "contact");
const withIds = own.filter(({ params }) => Object.keys(params ?? {}).length > 0);
const named = ({ method, path }: Route) => `${method} ${path}`;

let world: PortalWorld;
/** Came by a mail's own link to a document that is none of the contact's other records. */
let linked: PortalWorld["visitor"];
let mine: Record<string, string>;
let accepted: () => number;
/** Records of another customer, and of another agency, by kind. */
const foreign: Record<"customer" | "agency", Record<string, string>> = { customer: {}, agency: {} };
const unknown: Record<string, string> = {
  invoice: "inv_00000000000000000000000000",
  quote: "quo_00000000000000000000000000",
  payment: "pay_00000000000000000000000000",
  contact: "con_00000000000000000000000000",
  document: "doc_00000000000000000000000000",
  zip: "zip_00000000000000000000000000",
  prepayment: "pre_00000000000000000000000000",
  recurring: "rec_00000000000000000000000000",
};

async function recordsOf(agency: AnAgency, person: Person): Promise<Record<string, string>> {
  const { customer } = person;
  const { id: invoice } = await aDocument(agency, { customer, amount: 100 });
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const quote = (await agency.call("POST", "/v1/quotes", { customer, items })).body.id;
  await agency.call("POST", `/v1/quotes/${quote}/mark-sent`);
  const money = { customer, amount: 100, currency: "USD", method: "Cash" };
  const payment = (await agency.call("POST", "/v1/payments", money)).body.id;
  const file = { customer, visible: true };
  const document = (await aFile(world.shell, file, agency.call)).id;
  const visitor = await loggedIn(world.shell, agency, person);
  const zip = (await visitor.call("POST", "/portal/invoices/zip", { invoices: [invoice] })).body.id;
  const prepayment = unknown.prepayment ?? "";
  const schedule = { template: { customer: person.customer, items }, frequency: "monthly" };
  const running = { ...schedule, startOn: "2027-05-01", status: "Active" };
  const recurring = (await agency.call("POST", "/v1/recurring-invoices", running)).body.id;
  return { invoice, quote, payment, document, zip, contact: person.id, prepayment, recurring };
}

beforeAll(async () => {
  world = await aPortalOf(await aStoringShell());
  const { shell } = world;
  const prePayment = { clientInitiatedPayments: { enabled: true } };
  await settings(shell, prePayment);
  const colleague = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
  foreign.customer = await recordsOf(shell, colleague);
  const agency = await shell.anotherAgency();
  foreign.agency = await recordsOf(agency, await aContact(agency));
  mine = await recordsOf(shell, world.person);
  const { customer, id: contact } = world.person as unknown as Contact;
  const document = (await aDocument(shell, { customer, amount: 5 })).id;
  const { agency: named } = shell;
  const { url } = await documentLink(shell.deps, { agency: named, customer, contact, document });
  linked = aVisitor(shell);
  expect((await linked.call("POST", "/portal/session", { token: tokenIn(url) })).status).toBe(204);
  accepted = countWrites(shell.table);
});

const pathOf = (route: Route, ids: Record<string, string>): string =>
  route.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[route.params?.[name] ?? ""] ?? "pm_1");

const send = (visitor: PortalWorld["visitor"], route: Route, path: string): Promise<Answer> =>
  visitor.call(route.method, path, route.method === "GET" ? undefined : {});

const withoutRequest = ({ status, headers, body }: Answer) => ({
  status,
  headers: { ...headers, "x-request-id": undefined },
  body: { ...body, instance: undefined },
});

test("every id kind of the portal has an example here", () => {
  const kinds = new Set(withIds.flatMap(({ params }) => Object.values(params ?? {})));
  expect([...kinds].filter((kind) => !(kind in unknown))).toEqual([]);
});

describe.each(own.map((route) => [named(route), route] as const))("%s", (_name, route) => {
  test.each([
    ["no cookie", ""],
    ["a made-up cookie", `drawdown_portal=${"A".repeat(43)}`],
    ["a malformed cookie", "drawdown_portal=1 OR 1"],
  ])("answers 401 to %s and changes nothing", async (_case, cookie) => {
    const before = accepted();
    const visitor = aVisitor(world.shell);
    visitor.useCookie(cookie);
    const answer = await send(visitor, route, pathOf(route, unknown));
    expect(answer).toMatchObject({ status: 401, body: { code: "auth.missing" } });
    expect(accepted()).toBe(before);
  });
});

describe.each(withIds.map((route) => [named(route), route] as const))("%s", (_name, route) => {
  test.each(["customer", "agency"] as const)(
    "answers another %s's id exactly as an unknown one, and changes nothing",
    async (whose) => {
      const before = accepted();
      const asked = await send(world.visitor, route, pathOf(route, foreign[whose]));
      const answered = await send(world.visitor, route, pathOf(route, unknown));
      expect(asked.status).toBe(404);
      expect(withoutRequest(asked)).toEqual(withoutRequest(answered));
      expect(accepted()).toBe(before);
    },
  );

  test("answers 404 to an id of the wrong form", async () => {
    const path = route.path.replace(/\{\w+\}/g, "x' OR 1=1");
    expect((await send(world.visitor, route, path)).status).toBe(404);
  });
});

test.each(
  own.filter(({ path }) => path !== "/portal/me").map((route) => [named(route), route] as const),
)("%s is beyond a document's own link", async (_name, route) => {
  const before = accepted();
  const answer = await send(linked, route, pathOf(route, mine));
  const isClosed = answer.status === 404 || answer.body.code === "portal.document-only";
  expect({ isClosed, ...answer }).toMatchObject({ isClosed: true });
  expect(accepted()).toBe(before);
});

describe.each(["/portal/pay", "/portal/invoices/zip"])("POST %s", (path) => {
  test.each(["customer", "agency"] as const)(
    "an invoice of another %s among several is refused as an unknown one",
    async (whose) => {
      const own = await aDocument(world.shell, { customer: world.person.customer, amount: 100 });
      const before = accepted();
      const ask = (invoice: string | undefined) =>
        world.visitor.call("POST", path, { invoices: [own.id, invoice] });
      const asked = await ask(foreign[whose].invoice);
      expect(asked).toMatchObject({ status: 404, body: { code: "invoice.not-found" } });
      expect(withoutRequest(asked)).toEqual(withoutRequest(await ask(unknown.invoice)));
      expect(accepted()).toBe(before);
    },
  );
});

import { beforeAll, describe, expect, test } from "vitest";
import type { Route } from "../../../functions/kit/route.ts";
import { routes } from "../../../functions/routes.ts";
import type { AnAgency, Answer, Shell } from "../../support/shell.ts";
import { announce, aStoringShell } from "../../support/storage.ts";
import { countWrites } from "../../support/writes.ts";
import { aPrepayment } from "./scene.ts";

/**
 * Walks the table of routes, so that a route can't be added without its walls: no key, a wrong key, a role
 * too low, another agency's id in the path, and ids of the wrong form.
 */
const keyed = routes.filter(({ auth }) => auth === "key");
const withIds = keyed.filter(({ params }) => Object.keys(params ?? {}).length > 0);
const changing = keyed.filter(({ method }) => method !== "GET");

let shell: Shell;
let other: AnAgency;
let viewer: string;
let accepted: () => number;
const owned: Record<string, string> = {};

const items = [{ name: "Work", quantity: 1, price: 100 }];

beforeAll(async () => {
  shell = await aStoringShell();
  other = await shell.anotherAgency();
  const made = await other.call("POST", "/v1/invoices", {
    customer: { billTo: { company: "Theirs" } },
    items,
  });
  const { customer, id: invoice } = made.body;
  const money = { customer, amount: 100, currency: "USD" };
  owned.customer = customer;
  owned.invoice = invoice;
  owned.payment = (await other.call("POST", "/v1/payments", { ...money, method: "Cash" })).body.id;
  owned.credit = (await other.call("POST", "/v1/credits", money)).body.id;
  owned.quote = (await other.call("POST", "/v1/quotes", { customer, items })).body.id;
  const contact = { firstName: "Bo", lastName: "Li", email: "bo@theirs.test" };
  owned.document = (await announce(other.call, { customer })).body.id;
  const template = { customer, items };
  const schedule = { template, frequency: "monthly", startOn: "2027-05-01" };
  owned.recurring = (await other.call("POST", "/v1/recurring-invoices", schedule)).body.id;
  owned.prepayment = await aPrepayment(other, customer);
  owned.contact = (await other.call("POST", `/v1/customers/${customer}/contacts`, contact)).body.id;
  owned.key = (
    await other.call("POST", "/v1/api-keys", { name: "theirs", role: "viewer" })
  ).body.id;
  viewer = (await shell.call("POST", "/v1/api-keys", { name: "reader", role: "viewer" })).body.key;
  accepted = countWrites(shell.table);
});

const named = ({ method, path }: Route) => `${method} ${path}`;
const unknownIds: Record<string, string> = Object.fromEntries(
  Object.entries({
    customer: "cus",
    invoice: "inv",
    payment: "pay",
    credit: "crd",
    quote: "quo",
    contact: "con",
    key: "key",
    recurring: "rec",
    prepayment: "pre",
    document: "doc",
    webhook: "whk",
    delivery: "dlv",
    staff: "stf",
  }).map(([kind, prefix]) => [kind, `${prefix}_00000000000000000000000000`]),
);

const pathOf = (route: Route, idOf: (kind: string) => string): string =>
  route.path.replace(/\{(\w+)\}/g, (_, name: string) => idOf(route.params?.[name] ?? ""));

const send = (route: Route, path: string, headers = {}): Promise<Answer> =>
  shell.call(route.method, path, route.method === "GET" ? undefined : {}, headers);

const withoutRequest = ({ body }: Answer) => ({ ...body, instance: undefined });

test("every id kind of the table has an example here", () => {
  const kinds = new Set(withIds.flatMap(({ params }) => Object.values(params ?? {})));
  expect([...kinds].filter((kind) => !(kind in owned))).toEqual([]);
});

describe.each(keyed.map((route) => [named(route), route] as const))("%s", (_name, route) => {
  test.each([
    ["no key", { "api-key": "" }],
    ["a malformed key", { "api-key": "x" }],
    ["an unknown key", { "api-key": `dd_${"A".repeat(43)}` }],
    ["an unknown bearer", { "api-key": "", authorization: `Bearer dd_${"B".repeat(43)}` }],
  ])("answers 401 to %s and changes nothing", async (_case, headers) => {
    const before = accepted();
    const answer = await send(
      route,
      pathOf(route, (kind) => owned[kind] ?? ""),
      headers,
    );
    expect(answer).toMatchObject({ status: 401, body: { code: "auth.missing" } });
    expect(accepted()).toBe(before);
  });
});

describe.each(withIds.map((route) => [named(route), route] as const))("%s", (_name, route) => {
  test("answers another agency's id exactly as an unknown one, and changes nothing", async () => {
    const before = accepted();
    const foreign = await send(
      route,
      pathOf(route, (kind) => owned[kind] ?? ""),
    );
    const unknown = await send(
      route,
      pathOf(route, (kind) => unknownIds[kind] ?? ""),
    );
    expect(foreign.status).toBe(404);
    expect(withoutRequest(foreign)).toEqual(withoutRequest(unknown));
    expect(accepted()).toBe(before);
  });

  test("answers 404 to an id of the wrong form", async () => {
    const answer = await send(
      route,
      pathOf(route, () => "x' OR 1=1"),
    );
    expect(answer.status).toBe(404);
  });
});

describe.each(changing.map((route) => [named(route), route] as const))("%s", (_name, route) => {
  test("is not for viewers", async () => {
    const before = accepted();
    const path = pathOf(route, (kind) => unknownIds[kind] ?? "");
    const answer = await send(route, path, { "api-key": viewer });
    expect(answer).toMatchObject({ status: 403, body: { code: "role.too-low" } });
    expect(accepted()).toBe(before);
  });
});

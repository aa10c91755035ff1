import { beforeAll, describe, expect, test } from "vitest";
import { writeCursor } from "../../../functions/kit/cursor.ts";
import type { Route } from "../../../functions/kit/route.ts";
import { routes } from "../../../functions/routes.ts";
import type { AnAgency, Answer, Headers, Shell } from "../../support/shell.ts";
import { aStoringShell } from "../../support/storage.ts";
import { countWrites } from "../../support/writes.ts";
import { loggedIn, type Person, settings, type Visitor } from "../portal/world.ts";
import { bodyPositions, bodyWith, isPaged, queryPositions } from "./positions.ts";
import { type Records, recordsOf, unknownRecords } from "./scene.ts";

/**
 * Every route x every place in which it takes an id x everybody who must not come in. Made from the table of
 * routes, so that a new route is tried without anybody thinking of it, and fails until it is walled.
 */
const keyed = routes.filter(({ auth }) => auth === "key");
const own = routes.filter(({ auth }) => auth === "contact");
const named = ({ method, path }: Route) => `${method} ${path}`;
const cases = (list: readonly Route[]) => list.map((route) => [named(route), route] as const);
const changing = ({ method }: Route) => method !== "GET";

let shell: Shell;
let other: AnAgency;
let mine: Records;
let theirs: Records;
/** Another customer of the same agency. */
let neighbour: Records;
let visitor: Visitor;
let stranger: Visitor;
let accepted: () => number;
const keys: Record<string, string> = {};

const personOf = (records: Records, email: string): Person => ({
  id: records.contact ?? "",
  customer: records.customer ?? "",
  email,
});

const prepaid = { clientInitiatedPayments: { enabled: true } };

beforeAll(async () => {
  shell = await aStoringShell();
  other = await shell.anotherAgency();
  await settings(shell, prepaid);
  await settings(other, prepaid);
  mine = await recordsOf(shell, "Mine");
  neighbour = await recordsOf(shell, "Neighbour");
  theirs = await recordsOf(other, "Theirs");
  for (const role of ["member", "viewer"]) {
    keys[role] = (await shell.call("POST", "/v1/api-keys", { name: role, role })).body.key;
  }
  const made = await shell.call("POST", "/v1/api-keys", { name: "gone", role: "owner" });
  keys.revoked = made.body.key;
  await shell.call("DELETE", `/v1/api-keys/${made.body.id}`);
  visitor = await loggedIn(shell, shell, personOf(mine, "cy@acme.test"));
  stranger = await loggedIn(shell, other, personOf(theirs, "cy@acme.test"));
  await shell.deliver();
  accepted = countWrites(shell.table);
});

const pathWith = (route: Route, idOf: (kind: string, name: string) => string): string =>
  route.path.replace(/\{(\w+)\}/g, (_, name: string) => idOf(route.params?.[name] ?? "", name));

const ownPath = (route: Route): string => pathWith(route, (kind) => mine[kind] ?? "pm_1");

function send(route: Route, path: string, given: { body?: unknown; headers?: Headers } = {}) {
  const body = changing(route) ? (given.body ?? {}) : undefined;
  const ask = route.auth === "contact" ? visitor.call : shell.call;
  return ask(route.method, path, body, given.headers);
}

const withoutRequest = ({ status, body }: Answer) => ({ status, ...body, instance: undefined });

/** The answer to a foreign id is the one to an id that nobody has, and neither leaves a trace. */
async function expectUnknown(ask: (ids: Records) => Promise<Answer>, foreign: Records) {
  const before = accepted();
  const answer = await ask(foreign);
  expect(answer).toMatchObject({ status: 404 });
  expect(withoutRequest(answer)).toEqual(withoutRequest(await ask(unknownRecords)));
  expect(accepted()).toBe(before);
}

test("every kind of record that routes take has an example", () => {
  const kinds = new Set([
    ...[...keyed, ...own].flatMap(({ params }) => Object.values(params ?? {})),
    ...keyed.flatMap((route) => bodyPositions(route).map(({ kind }) => kind)),
  ]);
  expect([...kinds].filter((kind) => !(kind in mine))).toEqual([]);
});

describe.each(cases(keyed))("%s", (_name, route) => {
  test.each([
    ["a revoked key", () => ({ "api-key": keys.revoked ?? "" })],
    ["a portal session", () => ({ "api-key": "", cookie: visitor.cookie(), "x-portal": "1" })],
  ])("answers 401 to %s and changes nothing", async (_case, headers) => {
    const before = accepted();
    const answer = await send(route, ownPath(route), { headers: headers() });
    expect(answer).toMatchObject({ status: 401, body: { code: "auth.missing" } });
    expect(accepted()).toBe(before);
  });
});

const aboveMember = keyed.filter(({ role }) => role === "admin" || role === "owner");
test.each(cases(aboveMember))("%s is not for members", async (_name, route) => {
  const before = accepted();
  for (const role of ["member", "viewer"]) {
    const headers = { "api-key": keys[role] ?? "" };
    const answer = await send(route, ownPath(route), { headers });
    expect(answer).toMatchObject({ status: 403, body: { code: "role.too-low" } });
  }
  expect(accepted()).toBe(before);
});

const inPaths = keyed.flatMap((route) =>
  Object.entries(route.params ?? {}).map(([name, kind]) => ({ route, name, kind })),
);

/** One foreign id among own ones: it must not be enough that one of them is right. */
describe.each(
  inPaths.map((one) => [`${named(one.route)} with a foreign ${one.name}`, one] as const),
)("%s", (_name, { route, name }) => {
  const ask = (ids: Records) =>
    send(
      route,
      pathWith(route, (kind, each) => (each === name ? ids : mine)[kind] ?? ""),
    );

  test("is as unknown as none", () => expectUnknown(ask, theirs));
});

const ofContacts = keyed.filter(({ path }) => path.includes("/contacts/{contactId}"));
test.each(cases(ofContacts))(
  "%s takes no neighbour's contact under the own customer",
  async (_name, route) => {
    const ask = (ids: Records) =>
      send(
        route,
        pathWith(route, (kind) => (kind === "contact" ? ids : mine)[kind] ?? ""),
      );
    await expectUnknown(ask, neighbour);
  },
);

test("the portal's bodies name records in two places, which portal/isolation.test.ts tries", () => {
  const places = own.flatMap((route) =>
    bodyPositions(route).map(({ pointer }) => `${named(route)} ${pointer}`),
  );
  expect(places).toEqual([
    "POST /portal/pay #/invoices/0",
    "POST /portal/invoices/zip #/invoices/0",
  ]);
  expect(own.flatMap(queryPositions)).toEqual([]);
});

const inQueries = keyed.flatMap((route) => queryPositions(route).map((name) => ({ route, name })));
test.each(inQueries.map((one) => [`${named(one.route)}?${one.name}`, one] as const))(
  "%s takes no other agency's id",
  async (_name, { route, name }) => {
    const ask = (ids: Records) => send(route, `${ownPath(route)}?${name}=${ids[name]}`);
    await expectUnknown(ask, theirs);
  },
);

const inBodies = keyed.flatMap((route) =>
  bodyPositions(route).map((position) => ({ route, position })),
);
test.each(inBodies.map((one) => [`${named(one.route)} ${one.position.pointer}`, one] as const))(
  "%s takes no other agency's id",
  async (_name, { route, position }) => {
    const ask = (ids: Records) =>
      send(route, ownPath(route), {
        body: bodyWith(route, position, { own: mine, id: ids[position.kind] ?? "" }),
      });
    await expectUnknown(ask, theirs);
  },
);

/** Pages of a list: what comes after the first row of it. */
async function cursorOf(ask: (path: string) => Promise<Answer>, path: string): Promise<string> {
  const { status, body } = await ask(`${path}?limit=1`);
  expect({ path, status, next: typeof body.next }).toEqual({ path, status: 200, next: "string" });
  return body.next;
}

const refusedCursor = { status: 400, body: { errors: [{ pointer: "#/after" }] } };

/**
 * Without `next` in the answer: all of an invoice's payments come at once, the ledger tells it in a header
 * (accounting/export.test.ts), a document that was only announced is on no list, and a recurring invoice that
 * was only drafted made none. The cursors of those two lists are made up below.
 */
const isOtherwise = new Set([
  "listInvoicePayments",
  "exportLedger",
  "listDocuments",
  "listRecurringInvoices",
]);
const paged = keyed.filter((route) => isPaged(route) && !isOtherwise.has(route.operation));

describe.each(cases(paged))("%s", (_name, route) => {
  test("takes no other agency's cursor", async () => {
    const place = pathWith(route, (kind) => theirs[kind] ?? "");
    const foreign = await cursorOf((path) => other.call("GET", path), place);
    const answer = await send(route, `${ownPath(route)}?after=${encodeURIComponent(foreign)}`);
    expect(answer).toMatchObject(refusedCursor);
  });
});

/** As the lists of two agencies would give them, or of two recurring invoices. */
test.each([
  ["GET", "/v1/documents", "DOC "],
  ["GET", "/v1/recurring-invoices/{id}/invoices", "REC#{id} MADE#"],
])("%s %s takes no other agency's cursor, nor another record's", async (method, path, list) => {
  const place = path.replace("{id}", mine.recurring ?? "");
  const ask = (whose: AnAgency, ids: Records) => {
    const scope = { tenant: whose.tenant, list: listNamed(whose, list, ids) };
    const values = list.startsWith("REC") ? ["MADE#1"] : [`A#${whose.agency.id}#DOC#x`, "DOC", "1"];
    const cursor = encodeURIComponent(writeCursor(scope, values));
    return shell.call(method, `${place}?after=${cursor}`);
  };
  expect((await ask(shell, mine)).status).toBe(200);
  expect(await ask(other, mine)).toMatchObject(refusedCursor);
  if (list.startsWith("REC")) expect(await ask(shell, neighbour)).toMatchObject(refusedCursor);
});

const listNamed = ({ agency }: AnAgency, list: string, { recurring = "" }: Records): string =>
  list.startsWith("REC") ? `A#${agency.id}#${list.replace("{id}", recurring)}` : list;

describe.each(cases(routes.filter(changing).filter(({ auth }) => auth !== "none")))(
  "%s",
  (_name, route) => {
    /** The answers under it are kept per agency and per principal. */
    test("never replays what another was answered under the same idempotency key", async () => {
      const headers = { "idempotency-key": `shared-${named(route)}` };
      const body = { billTo: { company: "First" } };
      const first = await other.call("POST", "/v1/customers", body, headers);
      expect(first.status).toBe(201);
      const before = accepted();
      const unknown = pathWith(route, (kind) => unknownRecords[kind] ?? "pm_1");
      const answer = await send(route, unknown, { body: { nonsense: true }, headers });
      expect(answer.headers["idempotency-replayed"]).toBeUndefined();
      expect(answer.body.code).not.toMatch(/^idempotency/);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(accepted()).toBe(before);
    });
  },
);

describe.each(cases(own))("%s", (_name, route) => {
  test("answers 401 to an agency's key and changes nothing", async () => {
    const before = accepted();
    const headers = { "api-key": shell.apiKey, cookie: "" };
    const answer = await send(route, ownPath(route), { headers });
    expect(answer).toMatchObject({ status: 401, body: { code: "auth.missing" } });
    expect(accepted()).toBe(before);
  });
});

/** Lists of one record's own are behind that record's wall. */
const portalLists = own.filter((route) => isPaged(route) && !route.params);
describe.each(cases(portalLists))("%s", (_name, route) => {
  test("takes no cursor of another customer, of this agency or another", async () => {
    const cousin = await loggedIn(shell, shell, personOf(neighbour, "cy@acme.test"));
    for (const whose of [stranger, cousin]) {
      const { status, body } = await whose.call("GET", `${route.path}?limit=1`);
      expect(status).toBe(200);
      if (body.next === null) continue;
      const answer = await send(route, `${route.path}?after=${encodeURIComponent(body.next)}`);
      expect(answer).toMatchObject(refusedCursor);
    }
  });
});

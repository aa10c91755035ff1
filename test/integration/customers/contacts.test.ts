import { beforeAll, describe, expect, test } from "vitest";
import { listContactsByEmail } from "../../../domain/customers/contact.store.ts";
import { contactsMax } from "../../../domain/customers/contact.ts";
import { contactReply } from "../../../functions/api/customers/replies.ts";
import { aShell, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";

let shell: Shell;
let accepted: () => number;
beforeAll(async () => {
  shell = await aShell();
  accepted = countWrites(shell.table);
});

/** A customer's path to its contacts. */
async function contacts(): Promise<string> {
  const { body } = await shell.call("POST", "/v1/customers", { billTo: { company: "Acme" } });
  return `/v1/customers/${body.id}/contacts`;
}

const post = (path: string, body: object) => shell.call("POST", path, body);
const primaries = async (path: string): Promise<string[]> => {
  const { body } = await shell.call("GET", path);
  return body.docs
    .filter((contact: { primary: boolean }) => contact.primary)
    .map((contact: { email: string }) => contact.email);
};

test("the first contact is the primary one; mail and portal are on unless said otherwise", async () => {
  const path = await contacts();
  const { status, body } = await post(path, { email: "Ann@Acme.test", primary: false });
  expect(status).toBe(201);
  expect(contactReply.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    ...{ email: "ann@acme.test", primary: true, receivesMail: true, portal: true },
    ...{ firstName: null, lastName: null, lang: null, mailFailure: null, version: 1 },
  });
  const second = await post(path, { email: "bo@acme.test", receivesMail: false, portal: false });
  expect(second.body).toMatchObject({ primary: false, receivesMail: false, portal: false });
  expect((await shell.call("GET", `${path}/${body.id}`)).body).toEqual(body);
});

test("one contact is primary at a time: the new one takes the former one's place", async () => {
  const path = await contacts();
  await post(path, { email: "ann@acme.test" });
  const bo = await post(path, { email: "bo@acme.test", primary: true });
  expect(await primaries(path)).toEqual(["bo@acme.test"]);
  const cy = await post(path, { email: "cy@acme.test" });
  await shell.call("PATCH", `${path}/${cy.body.id}`, { primary: true });
  expect(await primaries(path)).toEqual(["cy@acme.test"]);
  expect((await shell.call("GET", `${path}/${bo.body.id}`)).body.primary).toBe(false);
});

test("contacts that become primary at once leave one primary contact", async () => {
  const path = await contacts();
  const made = await Promise.all(
    ["a", "b", "c", "d"].map((name) => post(path, { email: `${name}@acme.test`, primary: true })),
  );
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(await primaries(path)).toHaveLength(1);
  const { body } = await shell.call("GET", path);
  expect(body).toMatchObject({ total: 4, pages: 1, next: null });
});

test("when the primary contact goes, the oldest of the others is primary", async () => {
  const path = await contacts();
  const ann = await post(path, { email: "ann@acme.test" });
  shell.clock.advance("PT1S");
  await post(path, { email: "bo@acme.test" });
  shell.clock.advance("PT1S");
  await post(path, { email: "cy@acme.test" });
  expect((await shell.call("DELETE", `${path}/${ann.body.id}`)).status).toBe(204);
  expect(await primaries(path)).toEqual(["bo@acme.test"]);
  expect((await shell.call("GET", `${path}/${ann.body.id}`)).status).toBe(404);
});

test("an address is free again when its contact changes it or goes", async () => {
  const path = await contacts();
  const ann = await post(path, { email: "ann@acme.test" });
  await shell.call("PATCH", `${path}/${ann.body.id}`, { email: "ann.ho@acme.test" });
  const next = await post(path, { email: "ann@acme.test" });
  expect(next.status).toBe(201);
  await shell.call("DELETE", `${path}/${next.body.id}`);
  expect((await post(path, { email: "ann@acme.test" })).status).toBe(201);
});

test("one address may be a contact of several customers, and all of them are found by it", async () => {
  const paths = [await contacts(), await contacts()];
  for (const path of paths) await post(path, { email: "Freelancer@Many.test" });
  const found = await listContactsByEmail(shell.tenant, "freelancer@many.test");
  expect(found.map(({ customer }) => `/v1/customers/${customer}/contacts`).sort()).toEqual(
    paths.sort(),
  );
});

describe("what can't be is refused, and nothing is written", () => {
  test.each([
    ["no address", {}, 400, "request.invalid"],
    ["an address that is none", { email: "ann" }, 400, "request.invalid"],
    ["an unknown field", { email: "x@acme.test", role: "boss" }, 400, "request.invalid"],
    ["an address that the customer has", { email: "ANN@acme.test" }, 409, "contact.email-taken"],
  ])("adding %s", async (_name, body, status, code) => {
    const path = await contacts();
    await post(path, { email: "ann@acme.test" });
    const before = accepted();
    expect(await post(path, body)).toMatchObject({ status, body: { code } });
    expect(accepted()).toBe(before);
  });

  test.each([
    ["an address that another has", { email: "bo@acme.test" }, {}, 409, "contact.email-taken"],
    ["no address", { email: "" }, {}, 400, "request.invalid"],
    ["leaving the primary place", { primary: false }, {}, 400, "request.invalid"],
    ["an old version", { lastName: "Ho" }, { "if-match": "9" }, 412, "write.stale"],
  ])("changing to %s", async (_name, body, headers, status, code) => {
    const path = await contacts();
    const ann = await post(path, { email: "ann@acme.test" });
    await post(path, { email: "bo@acme.test" });
    const before = accepted();
    const answer = await shell.call("PATCH", `${path}/${ann.body.id}`, body, headers);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(accepted()).toBe(before);
  });
});

test("a contact is unknown under another customer's path", async () => {
  const [path, elsewhere] = [await contacts(), await contacts()];
  const { id } = (await post(path, { email: "ann@acme.test" })).body;
  for (const method of ["GET", "PATCH", "DELETE"]) {
    const body = method === "GET" ? undefined : {};
    const answer = await shell.call(method, `${elsewhere}/${id}`, body);
    expect(answer).toMatchObject({ status: 404, body: { code: "contact.not-found" } });
  }
});

test("a customer has a bounded number of contacts, and goes with all of them", async () => {
  const path = await contacts();
  for (let n = 0; n < contactsMax; n += 1) await post(path, { email: `c${n}@acme.test` });
  const before = accepted();
  expect((await post(path, { email: "one-more@acme.test" })).status).toBe(400);
  expect(accepted()).toBe(before);
  const page = await shell.call("GET", `${path}?limit=15`);
  expect(page.body).toMatchObject({ total: contactsMax, pages: 3 });
  const next = await shell.call("GET", `${path}?limit=15&after=${page.body.next}`);
  const ids = [...page.body.docs, ...next.body.docs].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(30);
  const customer = path.replace("/contacts", "");
  expect((await shell.call("DELETE", customer, undefined, { "idempotency-key": "d" })).status).toBe(
    204,
  );
});

import { expect, test } from "vitest";
import { documentLink } from "../../../functions/portal/links.ts";
import { aShell, caller } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";
import {
  aContact,
  aDocument,
  aPortalWorld,
  aVisitor,
  lastMail,
  loggedIn,
  settings,
  tokenIn,
} from "./world.ts";

test("mails a link that logs in once", async () => {
  const shell = await aShell();
  const person = await aContact(shell);
  const visitor = aVisitor(shell);
  const asked = await visitor.call("POST", "/portal/session/link", {
    agency: shell.agency.slug,
    email: "Ann@Acme.test",
  });
  expect(asked).toMatchObject({ status: 202, body: "" });
  await shell.deliver({ copies: 2 });
  expect(shell.mails).toHaveLength(1);
  const { to, link } = await lastMail(shell);
  expect(to).toEqual([person.email]);
  expect(link).toMatch(`http://drawdown.test/p/${shell.agency.slug}/login#token=`);
  const token = tokenIn(link);
  expect(await visitor.call("POST", "/portal/session", { token })).toMatchObject({ status: 204 });
  expect(visitor.cookie()).toMatch(/^drawdown_portal=[\w-]{43}$/);
  const me = await visitor.get("/portal/me");
  expect(me).toMatchObject({
    contact: { id: person.id, name: "Ann Lee" },
    customer: { id: person.customer, name: "Acme" },
    session: { document: null, staff: false },
  });
  const again = await aVisitor(shell).call("POST", "/portal/session", { token });
  expect(again).toMatchObject({ status: 401, body: { code: "auth.missing" } });
  expect(shell.errors).toEqual([]);
});

test("of two exchanges of one token at the same time, one comes in", async () => {
  const shell = await aShell();
  await aContact(shell);
  await aVisitor(shell).call("POST", "/portal/session/link", {
    agency: shell.agency.id,
    email: "ann@acme.test",
  });
  await shell.deliver();
  const token = tokenIn((await lastMail(shell)).link);
  const both = await Promise.all(
    [1, 2, 3].map(() => aVisitor(shell).call("POST", "/portal/session", { token })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([204, 401, 401]);
});

test("an unknown address gets the same answer from the same work, and no mail", async () => {
  const shell = await aShell();
  await aContact(shell);
  const accepted = countWrites(shell.table);
  const visitor = aVisitor(shell);
  const ask = async (email: string) => {
    const before = accepted();
    const answer = await visitor.call("POST", "/portal/session/link", {
      agency: shell.agency.slug,
      email,
    });
    const { "x-request-id": _id, ...headers } = answer.headers;
    return { status: answer.status, body: answer.body, headers, writes: accepted() - before };
  };
  expect(await ask("nobody@acme.test")).toEqual(await ask("ann@acme.test"));
  await shell.deliver();
  expect(shell.mails.map(({ to }) => to)).toEqual([["ann@acme.test"]]);
});

test("nobody learns of a contact whose portal is off: it gets no link", async () => {
  const shell = await aShell();
  await aContact(shell, { portal: false });
  const body = { agency: shell.agency.slug, email: "ann@acme.test" };
  expect((await aVisitor(shell).call("POST", "/portal/session/link", body)).status).toBe(202);
  await shell.deliver();
  expect(shell.mails).toEqual([]);
});

test.each([
  ["known", "ann@acme.test"],
  ["unknown", "nobody@acme.test"],
])("any address (%s) gets at most 5 links in 10 minutes", async (_name, email) => {
  const shell = await aShell();
  await aContact(shell);
  const visitor = aVisitor(shell);
  const ask = () =>
    visitor.call("POST", "/portal/session/link", { agency: shell.agency.slug, email });
  for (let round = 0; round < 5; round += 1) {
    expect((await ask()).status).toBe(202);
    shell.clock.advance("PT1M");
  }
  const refused = await ask();
  expect(refused).toMatchObject({ status: 429, body: { code: "request.limited" } });
  expect(refused.headers["retry-after"]).toBe("300");
  shell.clock.advance("PT5M");
  expect((await ask()).status).toBe(202);
});

test("an unknown agency is answered like a known one", async () => {
  const shell = await aShell();
  const body = { agency: "no-such-agency", email: "ann@acme.test" };
  expect((await aVisitor(shell).call("POST", "/portal/session/link", body)).status).toBe(202);
});

test.each([
  ["a made-up token", () => "A".repeat(43)],
  ["an empty-looking one", () => "x"],
])("refuses %s", async (_name, token) => {
  const shell = await aShell();
  const answer = await aVisitor(shell).call("POST", "/portal/session", { token: token() });
  expect(answer).toMatchObject({ status: 401, body: { code: "auth.missing" } });
});

test("a log-in link is good for 15 minutes", async () => {
  const shell = await aShell();
  await aContact(shell);
  const body = { agency: shell.agency.slug, email: "ann@acme.test" };
  await aVisitor(shell).call("POST", "/portal/session/link", body);
  await shell.deliver();
  const token = tokenIn((await lastMail(shell)).link);
  shell.clock.advance("PT15M");
  const late = await aVisitor(shell).call("POST", "/portal/session", { token });
  expect(late.status).toBe(401);
});

test("the cookie is out of scripts' reach, and secure where the portal is", async () => {
  const shell = await aShell();
  const person = await aContact(shell);
  const visitor = await loggedIn(shell, shell, person);
  expect(visitor.cookie()).not.toBe("");
  const config = { ...shell.deps.config, publicUrl: "https://app.drawdown.test" };
  const deployed = { ...shell, deps: { ...shell.deps, config } };
  const send = caller(deployed.deps, "");
  const { url } = await documentLink(deployed.deps, {
    agency: shell.agency,
    customer: person.customer as never,
    contact: person.id as never,
    document: "inv_00000000000000000000000000",
  });
  const answer = await send(
    "POST",
    "/portal/session",
    { token: tokenIn(url) },
    { "x-portal": "1" },
  );
  expect(answer.headers["set-cookie"]).toMatch(
    /^drawdown_portal=[\w-]{43}; HttpOnly; SameSite=Lax; Path=\/; Max-Age=\d+; Secure$/,
  );
});

test("state-changing calls need the header that other sites can't send", async () => {
  const { shell, visitor } = await aPortalWorld();
  const accepted = countWrites(shell.table);
  for (const [method, path, body] of [
    ["POST", "/portal/session", { token: "x" }],
    ["DELETE", "/portal/session", undefined],
    ["PATCH", "/portal/profile", { firstName: "Eve" }],
    ["POST", "/portal/pay", { invoices: [] }],
  ] as const) {
    const answer = await visitor.call(method, path, body, { "x-portal": "" });
    expect(answer).toMatchObject({ status: 403, body: { code: "portal.header-missing" } });
  }
  expect(accepted()).toBe(0);
});

test("a session that nobody used for 14 days is over; a used one changes its token daily", async () => {
  const { shell, visitor } = await aPortalWorld();
  const first = visitor.cookie();
  await visitor.get("/portal/me");
  expect(visitor.cookie()).toBe(first);
  shell.clock.advance("P1D");
  await visitor.get("/portal/me");
  expect(visitor.cookie()).not.toBe(first);
  const old = aVisitor(shell);
  old.useCookie(first);
  expect((await old.call("GET", "/portal/me")).status).toBe(200);
  shell.clock.advance("PT1M");
  expect((await old.call("GET", "/portal/me")).status).toBe(401);
  shell.clock.advance("P13D");
  await visitor.get("/portal/me");
  shell.clock.advance("P13DT22H");
  await visitor.get("/portal/me");
  shell.clock.advance("P14D");
  expect((await visitor.call("GET", "/portal/me")).status).toBe(401);
});

test("a changed token is told with a refusal, too, and parallel requests all go on", async () => {
  const { shell, visitor } = await aPortalWorld();
  const first = visitor.cookie();
  shell.clock.advance("P2D");
  const twins = [aVisitor(shell), aVisitor(shell), aVisitor(shell)];
  for (const twin of twins) twin.useCookie(first);
  const path = "/portal/invoices/inv_00000000000000000000000000";
  const answers = await Promise.all(twins.map((twin) => twin.call("GET", path)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  const changed = answers.filter(({ headers }) => headers["set-cookie"]);
  expect(changed).toHaveLength(1);
});

test("logging out ends the session on the server", async () => {
  const { shell, visitor } = await aPortalWorld();
  const cookie = visitor.cookie();
  const out = await visitor.call("DELETE", "/portal/session");
  expect(out.status).toBe(204);
  expect(out.headers["set-cookie"]).toMatch(/^drawdown_portal=; .*Max-Age=0/);
  const thief = aVisitor(shell);
  thief.useCookie(cookie);
  expect((await thief.call("GET", "/portal/me")).status).toBe(401);
  expect((await visitor.call("DELETE", "/portal/session")).status).toBe(204);
});

test("a contact that is removed or shut out is out at once", async () => {
  const { shell, visitor, person } = await aPortalWorld();
  const path = `/v1/customers/${person.customer}/contacts/${person.id}`;
  await shell.call("PATCH", path, { portal: false });
  expect((await visitor.call("GET", "/portal/home")).status).toBe(401);
  await shell.call("PATCH", path, { portal: true });
  await visitor.get("/portal/home");
  await shell.call("DELETE", path);
  expect((await visitor.call("GET", "/portal/home")).status).toBe(401);
});

test("an API key is no way into the portal, nor a portal session into the API", async () => {
  const { shell, visitor } = await aPortalWorld();
  expect((await shell.call("GET", "/portal/me")).status).toBe(401);
  expect((await visitor.call("GET", "/v1/invoices")).status).toBe(401);
});

test("whoever has one address at several customers switches between them", async () => {
  const { shell, visitor } = await aPortalWorld();
  const other = await aContact(shell, { company: "Beta", email: "ann@acme.test" });
  const stranger = await aContact(shell, { company: "Gamma", email: "bo@gamma.test" });
  const me = await visitor.get("/portal/me");
  expect(me.others).toEqual([{ contact: other.id, customer: other.customer, name: "Beta" }]);
  const before = visitor.cookie();
  const switched = await visitor.call("POST", `/portal/contacts/${other.id}/switch`);
  expect(switched.status).toBe(204);
  expect((await visitor.get("/portal/me")).customer.name).toBe("Beta");
  const old = aVisitor(shell);
  old.useCookie(before);
  expect((await old.call("GET", "/portal/me")).status).toBe(401);
  const refused = await visitor.call("POST", `/portal/contacts/${stranger.id}/switch`);
  expect(refused).toMatchObject({ status: 404, body: { code: "contact.not-found" } });
});

test("an address that was only typed in opens no other customer", async () => {
  const { shell, visitor } = await aPortalWorld();
  const victim = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
  const changed = await visitor.call("PATCH", "/portal/profile", { email: "bo@beta.test" });
  expect(changed.status).toBe(200);
  expect((await visitor.get("/portal/me")).others).toEqual([]);
  const refused = await visitor.call("POST", `/portal/contacts/${victim.id}/switch`);
  expect(refused.status).toBe(404);
});

test("staff open the portal for a contact; what is read then is nobody's first look", async () => {
  const { shell, person } = await aPortalWorld();
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const path = `/v1/customers/${person.customer}/contacts/${person.id}/portal-link`;
  const made = await shell.call("POST", path);
  expect(made).toMatchObject({ status: 201, body: { expiresAt: "2027-03-01T09:15:00.000Z" } });
  const staff = aVisitor(shell);
  await staff.call("POST", "/portal/session", { token: tokenIn(made.body.url) });
  expect((await staff.get("/portal/me")).session).toEqual({ document: null, staff: true });
  await staff.get(`/portal/invoices/${id}`);
  expect((await shell.call("GET", `/v1/invoices/${id}`)).body.viewedAt).toBeNull();
  await staff.call("PATCH", "/portal/profile", { firstName: "Anna" });
  const events = await shell.deliver();
  expect(events.find(({ type }) => type === "contact.updated")?.actor).toEqual({
    apiKey: expect.stringMatching(/^key_/),
    contact: person.id,
  });
  const again = await aVisitor(shell).call("POST", "/portal/session", {
    token: tokenIn(made.body.url),
  });
  expect(again.status).toBe(401);
});

test("people register where the agency lets them, by a mailed link", async () => {
  const shell = await aShell();
  const visitor = aVisitor(shell);
  const person = { firstName: "Cy", lastName: "Day", email: "cy@day.test", company: "Day" };
  const body = { agency: shell.agency.slug, ...person };
  expect((await visitor.call("POST", "/portal/register", body)).status).toBe(404);
  await settings(shell, { portal: { registration: true } });
  const brand = await visitor.get(`/portal/brand?agency=${shell.agency.slug}`);
  expect(brand).toMatchObject({ name: "Studio North", registration: true });
  expect((await visitor.call("POST", "/portal/register", body)).status).toBe(202);
  await shell.deliver();
  const list = () => shell.call("GET", "/v1/customers");
  expect((await list()).body.total).toBe(0);
  const { to, link } = await lastMail(shell);
  expect(to).toEqual(["cy@day.test"]);
  expect((await visitor.call("POST", "/portal/session", { token: tokenIn(link) })).status).toBe(
    204,
  );
  expect((await visitor.get("/portal/me")).customer.name).toBe("Day");
  await shell.deliver();
  expect((await list()).body.total).toBe(1);

  // A second time it is a log-in: nobody is a customer twice.
  await visitor.call("POST", "/portal/register", body);
  await shell.deliver();
  const again = aVisitor(shell);
  await again.call("POST", "/portal/session", { token: tokenIn((await lastMail(shell)).link) });
  expect((await again.get("/portal/me")).customer.name).toBe("Day");
  expect((await list()).body.total).toBe(1);
  expect(shell.errors).toEqual([]);
});

test("the second of two registration links of one address logs in to the first", async () => {
  const shell = await aShell();
  await settings(shell, { portal: { registration: true } });
  const body = { firstName: "Cy", lastName: "Day", email: "cy@day.test", company: "Day" };
  const visitor = aVisitor(shell);
  for (let round = 0; round < 2; round += 1) {
    await visitor.call("POST", "/portal/register", { agency: shell.agency.slug, ...body });
  }
  await shell.deliver();
  const { simpleParser } = await import("mailparser");
  const texts = await Promise.all(shell.mails.map(({ raw }) => simpleParser(raw)));
  const tokens = texts.map(({ text }) => /#token=([\w-]+)/.exec(text ?? "")?.[1] ?? "");
  for (const token of tokens) {
    expect((await aVisitor(shell).call("POST", "/portal/session", { token })).status).toBe(204);
  }
  await shell.deliver();
  expect((await shell.call("GET", "/v1/customers")).body.total).toBe(1);
});

import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { loadAgency } from "../../domain/agencies/agency.store.ts";
import type { StripeGateway } from "../../domain/payments/stripe.gateway.ts";
import { saveToken } from "../../domain/portal/token.store.ts";
import { newToken } from "../../domain/portal/token.ts";
import { consumers } from "../../functions/consumers/all.ts";
import { build as reconcile } from "../../functions/jobs/reconcile-stripe.ts";
import { commit } from "../../functions/kit/commit.ts";
import { hashText } from "../../functions/kit/idempotency.ts";
import { routerFor } from "../../functions/kit/router.ts";
import { loginLink } from "../../functions/portal/links.ts";
import { routes } from "../../functions/routes.ts";
import { permitted } from "../support/permitted.ts";
import { type ApiCall, aShell, caller, type Shell, type ShellOptions } from "../support/shell.ts";
import { announce, aStoringShell, pdfBytes, send } from "../support/storage.ts";

const routing = routerFor(routes);

/** Each area with the rights it has when deployed. */
function deployed(shell: Shell): ApiCall {
  return (method, path, body, headers) => {
    const match = routing(method, path.split("?")[0] ?? "");
    const area = match.found ? match.route.area : "agencies";
    return caller(permitted(shell.deps, area), shell.apiKey)(method, path, body, headers);
  };
}

const permittedConsumers = consumers.map((one) => ({
  ...one,
  run: (deps: Shell["deps"], envelope: Parameters<typeof one.run>[1]) =>
    one.run(permitted(deps, "consumers"), envelope),
}));

async function aDeployed(options: ShellOptions = {}) {
  const shell = await aShell(options);
  return { shell, call: deployed(shell), react: () => shell.deliver({ to: permittedConsumers }) };
}

const draft = {
  customer: { billTo: { company: "Acme", email: "ann@acme.test" } },
  items: [{ name: "Work", quantity: 1, price: 100 }],
};

/** An account that its owner has disconnected since, and one event that no webhook brought. */
const stripe = {
  createAccount: async () => ({
    account: "acct_1",
    chargesEnabled: true,
    detailsSubmitted: true,
  }),
  accountLink: async () => "https://connect.stripe.test/",
  account: async () => undefined,
  listEvents: async () => [missed],
} as unknown as StripeGateway;

const stripeEvent = (id: string, type: string) => ({
  ...{ id, type, object: "event", account: "acct_1", livemode: false, created: 1_803_891_600 },
  data: { object: { id: "acct_1" } },
});
const missed = {
  ...stripeEvent("evt_2", "account.updated"),
  payload: JSON.stringify(stripeEvent("evt_2", "account.updated")),
};

async function sendWebhook(shell: Shell, call: ApiCall, type: string) {
  const body = JSON.stringify(stripeEvent("evt_1", type));
  const time = Math.floor(Date.parse(shell.clock.now()) / 1_000);
  const signature = createHmac("sha256", "whsec_test").update(`${time}.${body}`).digest("hex");
  return call("POST", "/webhooks/stripe", body, {
    "stripe-signature": `t=${time},v1=${signature}`,
  });
}

describe("with the rights that it has when deployed", () => {
  test("an agency keeps its keys and its name", async () => {
    const { call } = await aDeployed();
    const key = { name: "Books", role: "viewer" };
    const made = await call("POST", "/v1/api-keys", key, { "idempotency-key": "one" });
    expect(made.status).toBe(201);
    expect((await call("GET", "/v1/api-keys")).status).toBe(200);
    expect((await call("DELETE", `/v1/api-keys/${made.body.id}`)).status).toBeLessThan(300);
    expect((await call("PATCH", "/v1/agency", { name: "North" })).status).toBe(200);
    expect((await call("PATCH", "/v1/agency", { slug: "north-2" })).status).toBe(200);
    expect((await call("GET", "/v1/nowhere")).status).toBe(404);
  });

  test("the loop of a retainer runs, with all that reacts to it", async () => {
    const { shell, call, react } = await aDeployed();
    const retainer = await call("POST", "/v1/invoices", { ...draft, isRetainer: true });
    expect(retainer.status).toBe(201);
    const place = `/v1/invoices/${retainer.body.id}`;
    expect((await call("POST", `${place}/send`, {})).status).toBe(202);
    const payment = await call("POST", `${place}/payments`, { method: "Cash" });
    expect(payment.status).toBe(201);
    const { customer } = retainer.body;
    const invoice = await call("POST", "/v1/invoices", { ...draft, customer, status: "Unpaid" });
    expect(invoice.body.status).toBe("Paid");
    await react();
    expect((await call("GET", `/v1/customers/${customer}/balance`)).status).toBe(200);
    expect((await call("GET", `/v1/payments/${payment.body.id}`)).status).toBe(200);
    expect((await call("GET", "/v1/invoices?search=acme")).status).toBe(200);
    expect((await call("GET", "/v1/events")).body.docs.length).toBeGreaterThan(0);
    expect(shell.mails.length).toBeGreaterThan(0);
    expect(shell.errors).toEqual([]);
  });

  test("an agency's books are read whole", async () => {
    const { shell, call } = await aDeployed();
    expect((await call("POST", "/v1/invoices", { ...draft, status: "Unpaid" })).status).toBe(201);
    const reports = ["aging", "retainers", "revenue", "trial-balance"];
    for (const path of [...reports.map((name) => `reports/${name}`), "ledger/export"]) {
      expect((await call("GET", `/v1/${path}`)).status).toBe(200);
    }
    const range = await call("GET", "/v1/ledger/export?from=2027-03-01&format=csv");
    expect(range.body).toContain("invoice.issued");
    expect(shell.errors).toEqual([]);
  });

  test("an agency connects Stripe, and learns that its owner took the account away", async () => {
    const { shell, call, react } = await aDeployed({ deps: { stripe: async () => stripe } });
    expect((await call("POST", "/v1/stripe/connect")).status).toBe(200);
    expect((await sendWebhook(shell, call, "account.application.deauthorized")).status).toBe(200);
    await react();
    expect((await call("GET", "/v1/stripe/account")).body).toMatchObject({ connected: false });
  });

  test("what a webhook missed is found and handled", async () => {
    const { shell, call, react } = await aDeployed({ deps: { stripe: async () => stripe } });
    await call("POST", "/v1/stripe/connect");
    const found = await reconcile(permitted(shell.deps, "reconcile-stripe"))();
    expect(found).toEqual({ accounts: 1, missed: 1 });
    await react();
    expect(shell.errors).toEqual([]);
  });

  test("a document is uploaded, received, fetched by a contact and deleted; papers come as a zip", async () => {
    const shell = await aStoringShell();
    const call = deployed(shell);
    const react = () => shell.deliver({ to: permittedConsumers });
    const { customer, id: invoice } = (
      await call("POST", "/v1/invoices", { ...draft, status: "Unpaid" })
    ).body;
    const { id, upload } = (await announce(call, { customer, visible: true })).body;
    expect((await send(upload, pdfBytes())).status).toBe(200);
    await react();
    expect((await call("GET", "/v1/documents")).body.docs).toMatchObject([{ id }]);

    const person = { firstName: "Ann", lastName: "Lee", email: "ann@acme.test" };
    const contact = (await call("POST", `/v1/customers/${customer}/contacts`, person)).body;
    const { agency } = shell;
    const { url } = await loginLink(shell.deps, { agency, contact });
    const headers = { "x-portal": "1" };
    const token = url.split("#token=")[1];
    const entered = await call("POST", "/portal/session", { token }, headers);
    const cookie = String(entered.headers["set-cookie"]).split(";")[0] ?? "";
    const visit = (method: string, path: string, body?: object) =>
      call(method, path, body, { ...headers, cookie });
    const found = await visit("GET", `/portal/documents/${id}`);
    expect((await fetch(found.body.url)).status).toBe(200);
    const zip = await visit("POST", "/portal/invoices/zip", { invoices: [invoice] });
    await react();
    expect((await fetch(zip.body.url)).status).toBe(200);

    expect((await call("DELETE", `/v1/documents/${id}`)).status).toBe(204);
    await react();
    expect((await fetch(found.body.url)).status).toBe(403);
    expect(shell.errors).toEqual([]);
  });

  test("a stranger registers, logs in, asks for a link and logs out", async () => {
    const { shell, call } = await aDeployed();
    const agency = shell.agency.id;
    await call("PATCH", "/v1/agency", { settings: { portal: { registration: true } } });
    const person = { email: "ann@acme.test", firstName: "Ann", lastName: "Lee" };
    const headers = { "x-portal": "1" };
    const ask = (path: string, body: object) => call("POST", path, body, headers);
    expect((await ask("/portal/register", { agency, ...person })).status).toBe(202);
    const text = "t".repeat(43);
    const now = shell.clock.now();
    const token = newToken({ kind: "register", agency, company: null, ...person }, now);
    await commit(shell.deps.platform, [saveToken(shell.deps.platform, hashText(text), token)]);
    const entered = await ask("/portal/session", { token: text });
    expect(entered.status).toBe(204);
    const cookie = String(entered.headers["set-cookie"]).split(";")[0] ?? "";
    const slug = shell.agency.slug;
    expect((await ask("/portal/session/link", { agency: slug, email: person.email })).status).toBe(
      202,
    );
    const left = await call("DELETE", "/portal/session", undefined, { ...headers, cookie });
    expect(left.status).toBe(204);
    expect(shell.errors).toEqual([]);
  });
});

test("a contact gets a link by mail: to a document, and to log in", async () => {
  const { shell, call, react } = await aDeployed();
  const { customer, id } = (await call("POST", "/v1/invoices", { ...draft, status: "Unpaid" }))
    .body;
  const contact = { email: "ann@acme.test", firstName: "Ann" };
  expect((await call("POST", `/v1/customers/${customer}/contacts`, contact)).status).toBe(201);
  expect((await call("POST", `/v1/invoices/${id}/send`, {})).status).toBe(202);
  const asked = { agency: shell.agency.slug, email: contact.email };
  await call("POST", "/portal/session/link", asked, { "x-portal": "1" });
  await react();
  expect(shell.mails).toHaveLength(2);
  for (const { raw } of shell.mails) expect(new TextDecoder().decode(raw)).toContain("#token=");
});

test("a contact is erased", async () => {
  const { call, react } = await aDeployed();
  const { customer } = (await call("POST", "/v1/invoices", draft)).body;
  const contact = { email: "ann@acme.test", firstName: "Ann" };
  const { id } = (await call("POST", `/v1/customers/${customer}/contacts`, contact)).body;
  const path = `/v1/customers/${customer}/contacts/${id}`;
  expect((await call("GET", `${path}/export`)).status).toBe(200);
  expect((await call("POST", `${path}/erase`)).status).toBe(202);
  await react();
  expect((await call("GET", path)).status).toBe(404);
});

test("what is not allowed is denied, as IAM would", async () => {
  const { shell } = await aDeployed();
  const other = await shell.anotherAgency();
  const deps = permitted(shell.deps, "billing");
  const tenant = await deps.tenant(shell.agency.id);
  await expect(loadAgency({ ...tenant, agency: other.agency.id })).rejects.toThrow("AccessDenied");
  await expect(loadAgency({ ...deps.platform, agency: other.agency.id })).rejects.toThrow(
    "AccessDenied",
  );
  await expect(
    deps.sendMail({
      from: "",
      to: [],
      cc: [],
      bcc: [],
      raw: new Uint8Array(),
      tags: { agency: "" },
    }),
  ).rejects.toThrow("billing has no mail");
  await expect(deps.files()).rejects.toThrow("billing has no files");
  await expect(deps.fileLinks()).rejects.toThrow("billing has no file-links");
});

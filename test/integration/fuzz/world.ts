import { randomBytes } from "node:crypto";
import { createStripeGateway } from "../../../domain/payments/stripe.gateway.ts";
import type { Route } from "../../../functions/kit/route.ts";
import { serveStandIn } from "../../../local/stripe/serve.ts";
import { createStripeStandIn } from "../../../local/stripe/stand-in.ts";
import { type Answer, caller, type Headers, type Shell } from "../../support/shell.ts";
import { announce, aStoringShell } from "../../support/storage.ts";
import { aContact, loggedIn, type Person, settings, type Visitor } from "../portal/world.ts";
import type { Examples } from "./generated.ts";

export interface FuzzWorld {
  readonly shell: Shell;
  /** Records of every kind in the states that commands expect, made afresh. */
  examples(): Promise<Examples>;
  /** As whoever the route is for. */
  send(route: Route, request: Sent): Promise<Answer>;
  close(): Promise<void>;
}

export interface Sent {
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Headers;
}

/** One agency with Stripe connected, and a contact who is logged in. */
export async function aFuzzWorld(): Promise<FuzzWorld> {
  let shell: Shell | undefined;
  const start = "2027-03-01T09:00:00.000Z";
  const standIn = createStripeStandIn({
    now: () => shell?.clock.now() ?? start,
    random: (bytes) => randomBytes(bytes),
    webhook: { url: "", secret: "whsec_test" },
    deliver: async (body, headers) => {
      if (!shell) return 503;
      return (await caller(shell.deps, "")("POST", "/webhooks/stripe", body, headers)).status;
    },
  });
  const { host, port, close } = await serveStandIn(standIn, { port: 0 });
  const apiBase = { host, port, protocol: "http" } as const;
  const gateway = createStripeGateway({ secretKey: "sk_test_1", apiBase });
  const made = await aStoringShell({ now: start, deps: { stripe: async () => gateway } });
  shell = made;
  const { body } = await made.call("POST", "/v1/stripe/connect", {});
  await fetch(body.url, { method: "POST", redirect: "manual" });
  await standIn.settle();
  await made.deliver();
  await settings(made, {
    clientInitiatedPayments: { enabled: true },
    portal: { registration: true },
  });
  const person = await aContact(made);
  const visitor = await loggedIn(made, made, person);
  const anybody = caller(made.deps, "");
  return {
    shell: made,
    examples: () => examplesFor(made, person),
    send: (route, request) => sendAs({ shell: made, visitor, anybody }, route, request),
    close: async () => {
      await close();
      await standIn.close();
    },
  };
}

function sendAs(
  who: { readonly shell: Shell; readonly visitor: Visitor; readonly anybody: Shell["call"] },
  { auth, method }: Route,
  { path, body, headers }: Sent,
): Promise<Answer> {
  if (auth === "key") return who.shell.call(method, path, body, headers);
  if (auth === "contact") {
    return who.visitor.call(method, path, body, { cookie: who.visitor.cookie(), ...headers });
  }
  return who.anybody(method, path, body, { "x-portal": "1", ...headers });
}

const items = [{ name: "Work", quantity: 1, price: 100 }];

async function examplesFor({ call, agency }: Shell, { customer, id }: Person): Promise<Examples> {
  const make = async (path: string, body?: object): Promise<string> =>
    (await call("POST", path, body)).body.id;
  const invoice = { customer, items, autoApply: "off" };
  const money = { customer, amount: 100, currency: "USD" };
  const draft = await make("/v1/invoices", invoice);
  const issued = await make("/v1/invoices", { ...invoice, status: "Unpaid" });
  const retainer = await make("/v1/invoices", { ...invoice, isRetainer: true, status: "Unpaid" });
  const funding = await make(`/v1/invoices/${retainer}/payments`, { method: "Cash" });
  const payment = await make("/v1/payments", { ...money, method: "Cash" });
  const applied = await call("POST", "/v1/payments", {
    ...{ ...money, method: "Cash" },
    applications: [{ invoice: issued, amount: 10 }],
  });
  const credit = await make("/v1/credits", money);
  const quote = await make("/v1/quotes", { customer, items });
  const sent = await make("/v1/quotes", { customer, items });
  await call("POST", `/v1/quotes/${sent}/mark-sent`);
  const invoices = [issued, draft, issued, retainer];
  const applications = (applied.body.applications ?? []).map((one: { id: string }) => one.id);
  return {
    customer: [customer],
    contact: [id],
    invoice: invoices,
    payment: [payment, funding, applied.body.id],
    credit: [credit],
    quote: [sent, quote],
    key: [await make("/v1/api-keys", { name: "spare", role: "viewer" })],
    prepayment: ["pre_00000000000000000000000000"],
    application: applications,
    unapply: applications,
    document: [(await announce(call, { customer })).body.id],
    zip: ["zip_00000000000000000000000000"],
    agency: [agency.slug, agency.id],
    subject: [customer, ...invoices, payment, quote],
    paymentMethod: ["pm_1"],
  };
}

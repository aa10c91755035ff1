import { randomBytes } from "node:crypto";
import Stripe from "stripe";
import { afterEach, expect } from "vitest";
import { loadCustomer } from "../../../domain/customers/customer.store.ts";
import { loadBooks } from "../../../domain/payments/ledger.store.ts";
import { listApplications } from "../../../domain/payments/payment.store.ts";
import {
  createStripeGateway,
  type StripeGateway,
} from "../../../domain/payments/stripe.gateway.ts";
import type { Id } from "../../../domain/shared/ids.ts";
import { type JournalRecord, journalRecordSchema } from "../../../domain/shared/journal.ts";
import {
  indexNames,
  queryAll,
  type Tenant,
  tenantKey,
} from "../../../domain/shared/table.store.ts";
import { serveStandIn } from "../../../local/stripe/serve.ts";
import { createStripeStandIn, type StripeStandIn } from "../../../local/stripe/stand-in.ts";
import { brokenPromises } from "../../support/invariants.ts";
import {
  type AnAgency,
  type ApiCall,
  aShell,
  caller,
  type Delivery,
  type Shell,
  type ShellOptions,
} from "../../support/shell.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
export type Json = any;

export const cards = {
  good: "4242424242424242",
  declined: "4000000000000002",
  authenticates: "4000002500003155",
  failsLater: "4000000000000341",
  debit: "000123456789",
  debitFails: "000111111116",
  refundFails: "4000000000005126",
} as const;

export const pages = { successUrl: "https://agency.test/ok", cancelUrl: "https://agency.test/no" };

export interface StripeWorld {
  readonly shell: Shell;
  readonly call: ApiCall;
  readonly tenant: Tenant;
  readonly standIn: StripeStandIn;
  readonly account: string;
  /** Webhooks, events and consumers, until nothing is left; duplicated or shuffled as told. */
  settle(delivery?: Delivery): Promise<void>;
  connect(agency: AnAgency): Promise<string>;
  customer(over?: object): Promise<string>;
  /** Issued; not paid from what waits unless told so. */
  document(over: { customer: string; amount: number; isRetainer?: boolean }): Promise<Json>;
  checkout(invoice: string, over?: object): Promise<string>;
  /** Fills in Stripe's page; answers its status: 303 is paid. */
  pay(url: string, number?: string): Promise<number>;
  get(path: string): Promise<Json>;
  /** Saves one of Stripe's test methods (pm_card_...) and makes it the default; the customer is known there. */
  attach(customer: string, token: string): Promise<void>;
  paymentsOf(customer: string): Promise<Json[]>;
  /** The charges that succeeded, as Stripe lists them: in cents. */
  chargedAtStripe(customer: string): Promise<number[]>;
  journalOf(customer: string): Promise<JournalRecord[]>;
  /** What product.md, section 4, promises. */
  expectPromisesKept(customer: string): Promise<void>;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export interface StripeWorldOptions extends ShellOptions {
  /** For whoever breaks a connection: what the gateway is called through. */
  readonly around?: (gateway: StripeGateway) => StripeGateway;
}

/** The API in-process and the Stripe stand-in over HTTP, one agency connected to it. */
export async function aStripeWorld(options: StripeWorldOptions = {}): Promise<StripeWorld> {
  let shell: Shell | undefined;
  const { around = (gateway) => gateway } = options;
  const start = options.now ?? "2027-03-01T09:00:00.000Z";
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
  closing.push(close, () => standIn.close());
  const gateway = createStripeGateway({
    secretKey: "sk_test_1",
    apiBase: { host, port, protocol: "http" },
  });
  shell = await aShell({
    ...options,
    deps: { stripe: async () => around(gateway), ...options.deps },
  });
  const api = new Stripe("sk_test_1", { host, port, protocol: "http" });
  return worldOf(shell, standIn, api);
}

async function worldOf(shell: Shell, standIn: StripeStandIn, api: Stripe): Promise<StripeWorld> {
  const { call, tenant } = shell;
  const settle = async (delivery?: Delivery) => {
    for (let round = 0; round < 100; round += 1) {
      await standIn.settle();
      if ((await shell.deliver(delivery)).length === 0) return;
    }
    throw new Error("it does not settle");
  };
  const connect = async (agency: AnAgency): Promise<string> => {
    const { body } = await agency.call("POST", "/v1/stripe/connect", {});
    await fetch(body.url, { method: "POST", redirect: "manual" });
    await settle();
    return (await agency.call("GET", "/v1/stripe/account")).body.account;
  };
  const account = await connect(shell);
  const get = async (path: string) => (await call("GET", path)).body;
  return {
    ...{ shell, call, tenant, standIn, account, settle, connect, get },
    customer: async (over = {}) => {
      const billTo = { company: "Acme", email: "ann@acme.test" };
      return (await call("POST", "/v1/customers", { billTo, ...over })).body.id;
    },
    document: async ({ customer, amount, isRetainer = false }) => {
      const items = [{ name: "Work", quantity: 1, price: amount }];
      const terms = { customer, items, isRetainer, status: "Unpaid", autoApply: "off" };
      const made = await call("POST", "/v1/invoices", terms);
      expect(made.status).toBe(201);
      return made.body;
    },
    checkout: async (invoice, over = {}) => {
      const opened = await call("POST", `/v1/invoices/${invoice}/checkout`, { ...pages, ...over });
      expect(opened).toMatchObject({ status: 201 });
      return opened.body.url;
    },
    pay: async (url, number = cards.good) => {
      const body = new URLSearchParams({ number, exp: "12/34", cvc: "123", name: "Ann Lee" });
      return (await fetch(url, { method: "POST", body, redirect: "manual" })).status;
    },
    attach: async (id, token) => {
      const customer = (await loadCustomer(tenant, id))?.stripe?.customer ?? "";
      const at = { stripeAccount: account };
      const method = await api.paymentMethods.attach(token, { customer }, at);
      const chosen = { invoice_settings: { default_payment_method: method.id } };
      await api.customers.update(customer, chosen, at);
      await settle();
    },
    paymentsOf: async (customer) => {
      const { docs } = await get(`/v1/payments?customer=${customer}`);
      return Promise.all(docs.map(({ id }: Json) => get(`/v1/payments/${id}`)));
    },
    chargedAtStripe: async (id) => {
      const customer = (await loadCustomer(tenant, id))?.stripe?.customer ?? "";
      const { data } = await api.charges.list({ customer, limit: 100 }, { stripeAccount: account });
      return data.flatMap(({ status, amount }) => (status === "succeeded" ? [amount] : []));
    },
    journalOf: (customer) => journalOf(tenant, customer),
    expectPromisesKept: (customer) => expectPromisesKept(tenant, customer),
  };
}

async function journalOf(tenant: Tenant, customer: string): Promise<JournalRecord[]> {
  const items = await queryAll(tenant, {
    KeyConditionExpression: "pk = :customer AND begins_with(sk, :journal)",
    ExpressionAttributeValues: { ":customer": tenantKey(tenant, "C", customer), ":journal": "J#" },
  });
  return items.map((item) => journalRecordSchema.parse(item));
}

async function idsOf(tenant: Tenant, customer: string, kind: string): Promise<string[]> {
  const items = await queryAll(tenant, {
    IndexName: indexNames.byCustomer,
    KeyConditionExpression: "customerKey = :customer",
    ExpressionAttributeValues: { ":customer": tenantKey(tenant, "C", customer, kind) },
  });
  return items.map(({ pk }) => String(pk).split("#").at(-1) ?? "");
}

async function expectPromisesKept(tenant: Tenant, customer: string): Promise<void> {
  const [invoices, payments, credits] = await Promise.all(
    ["INV", "PAY", "CRE"].map((kind) => idsOf(tenant, customer, kind)),
  );
  const wanted = { customer: customer as Id<"customer">, invoices, payments, credits };
  const books = await loadBooks(tenant, wanted as Parameters<typeof loadBooks>[1]);
  const applications = await Promise.all(
    books.payments.map(({ id }) => listApplications(tenant, { payment: id }, 100)),
  );
  const journal = await journalOf(tenant, customer);
  expect(brokenPromises({ books, applications: applications.flat(), journal })).toEqual([]);
}

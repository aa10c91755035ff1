import fc from "fast-check";
import { expect } from "vitest";
import { bookDispute, type DisputeStep } from "../../domain/payments/forced.ts";
import { loadBooks, saveLedger } from "../../domain/payments/ledger.store.ts";
import { listApplications, loadPayment } from "../../domain/payments/payment.store.ts";
import { commit } from "../../functions/kit/commit.ts";
import { aContext } from "./builders.ts";
import type { Answer, Shell } from "./shell.ts";

/** What a random history has made so far; steps pick from it by number. */
export interface History {
  readonly customers: string[];
  readonly invoices: string[];
  readonly retainers: string[];
  readonly payments: string[];
  readonly credits: string[];
  /** The answers that were not refusals. */
  accepted: number;
}

const disputeSteps: readonly DisputeStep[] = ["opened", "withdrawn", "reinstated", "won", "lost"];
const names = ["Acme", "=1+1 Ltd", "Łódź; |Beta\n2027-01-01 oops", 'Gamma, "the" third'];
const currencies = ["USD", "USD", "JPY", "KWD"] as const;

const step = fc.record({
  what: fc.constantFrom(
    ...(["customer", "invoice", "invoice", "invoice", "draft", "retainer", "retainer"] as const),
    ...(["pay", "pay", "money", "money", "apply", "apply", "unapply", "refund", "void"] as const),
    ...(["cancel", "change", "credit", "credit", "applyCredit", "voidCredit", "day"] as const),
    ...(["day", "deleteDraft", "dispute"] as const),
  ),
  a: fc.nat(20),
  b: fc.nat(20),
  amount: fc.integer({ min: 1, max: 9_000 }),
  flag: fc.boolean(),
});
export type HistoryStep = typeof step extends fc.Arbitrary<infer T> ? T : never;
export const historySteps = (minLength: number, maxLength: number) =>
  fc.array(step, { minLength, maxLength });

const at = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];
/** An id that no record has: what a step names before there is anything to name. */
const nobody = "none";

export async function beginHistory(shell: Shell): Promise<History> {
  const history: History = {
    ...{ customers: [], invoices: [], retainers: [], payments: [], credits: [], accepted: 0 },
  };
  await play(shell, history, { what: "customer", a: 0, b: 0, amount: 1, flag: false });
  return history;
}

/** One step through the real handlers. Refusals are part of a history; a failure is not. */
export async function play(shell: Shell, history: History, one: HistoryStep): Promise<void> {
  if (one.what === "day") return shell.clock.advance(`P${1 + one.a}D`);
  if (one.what === "dispute") return playDispute(shell, history, one);
  const answer = await ask(shell, history, one);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
  if (answer.status >= 400) return;
  history.accepted += 1;
  keep(history, one.what, answer);
}

function keep(history: History, what: HistoryStep["what"], { body }: Answer): void {
  if (what === "customer") history.customers.push(body.id);
  if (what === "invoice" || what === "draft") history.invoices.push(body.id);
  if (what === "retainer") history.retainers.push(body.id);
  if (what === "pay" || what === "money") history.payments.push(body.id);
  if (what === "credit") history.credits.push(body.id);
}

async function ask(
  { call }: Shell,
  history: History,
  { what, a, b, amount, flag }: HistoryStep,
): Promise<Answer> {
  const customer = at(history.customers, a);
  const currency = at(currencies, b) ?? "USD";
  const price = currency === "USD" ? amount / 100 : amount;
  const invoice = at([...history.invoices, ...history.retainers], a) ?? nobody;
  const payment = at(history.payments, b) ?? nobody;
  const credit = at(history.credits, b) ?? nobody;
  const taxes = flag ? [{ name: "VAT", rate: 19 }] : [];
  const document = { customer, currency, items: [{ name: "Work", quantity: 1, price }] };
  const post = (path: string, body: object = {}) => call("POST", path, body);
  switch (what) {
    case "customer":
      return post("/v1/customers", { billTo: { company: at(names, history.customers.length) } });
    case "draft":
      return post("/v1/invoices", { ...document, taxes, ...(flag ? { number: nextFree(a) } : {}) });
    case "invoice":
      return post("/v1/invoices", { ...document, taxes, status: "Unpaid" });
    case "retainer":
      return post("/v1/invoices", { ...document, isRetainer: true, status: "Unpaid" });
    case "pay":
      return post(`/v1/invoices/${invoice}/payments`, {
        method: "Cash",
        ...(flag ? { amount: 5 } : {}),
      });
    case "money":
      return post("/v1/payments", { customer, amount: price, currency, method: "Cash" });
    case "apply":
      return post(`/v1/payments/${payment}/apply`, { invoices: [{ invoice }] });
    case "unapply":
      return post(`/v1/payments/${payment}/unapply`, await newest(call, payment));
    case "refund":
      return post(`/v1/payments/${payment}/refund`, { amount: price });
    case "void":
      return post(`/v1/payments/${payment}/void`, { reason: "typo" });
    case "cancel":
      return post(`/v1/invoices/${invoice}/cancel`, { reason: "typo" });
    case "change":
      return call("PATCH", `/v1/invoices/${invoice}`, { items: document.items });
    case "credit": {
      const made = await post("/v1/credits", { customer, currency, amount: price });
      return post(`/v1/credits/${made.body.id}/issue`);
    }
    case "applyCredit":
      return post(`/v1/credits/${credit}/apply`, { invoices: [{ invoice }] });
    case "voidCredit":
      return post(`/v1/credits/${credit}/void`, { reason: "typo" });
    default:
      return call("DELETE", `/v1/invoices/${invoice}`);
  }
}

/** Numbers that the series would give later, so that it has to pass over them. */
const nextFree = (n: number): string => `INV-${String(n + 2).padStart(4, "0")}`;

async function newest(call: Shell["call"], payment: string) {
  const { body } = await call("GET", `/v1/payments/${payment}`);
  const ids: string[] = (body.applications ?? []).map(({ id }: { id: string }) => id);
  return { applications: ids.slice(-1) };
}

/** As Stripe's webhooks book it; a dispute has no route of its own. */
async function playDispute(shell: Shell, history: History, { a, b, amount }: HistoryStep) {
  const { tenant, clock } = shell;
  const id = at(history.payments, b);
  const payment = id ? await loadPayment(tenant, id) : undefined;
  if (!payment || ["Pending", "Failed", "Void"].includes(payment.status)) return;
  const newest = await listApplications(tenant, { payment: payment.id }, 100);
  const books = await loadBooks(tenant, {
    customer: payment.customer,
    invoices: newest.map(({ invoice }) => invoice),
    payments: [payment.id],
  });
  const decided = bookDispute(
    books,
    {
      ...{ payment, newest, dispute: "dp_1", amount: 1 + (amount % payment.amount) },
      step: at(disputeSteps, a) ?? "opened",
    },
    aContext({ now: clock.now(), today: clock.now().slice(0, 10) }),
  );
  if (!decided?.ok) return;
  await commit(tenant, saveLedger(tenant, decided.changes));
  history.accepted += 1;
}

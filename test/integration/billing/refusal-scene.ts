import { expect } from "vitest";
import { aShell, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";

export const items = [{ name: "Work", quantity: 1, price: 100 }];
const billTo = { company: "Acme" };

export const ids: Record<string, string> = {};

/** Set by `openScene`; a live binding for the files that import it. */
export let shell: Shell;
export let accepted: () => number;
export let customer: string;

async function make(name: string, over: object) {
  const { body } = await shell.call("POST", "/v1/invoices", { customer, items, ...over });
  ids[name] = body.id;
  return body.id as string;
}

/** One document in each state, another customer's and another currency's, and a counter of writes. */
export async function openScene(): Promise<void> {
  shell = await aShell();
  const first = await shell.call("POST", "/v1/invoices", { customer: { billTo }, items });
  customer = first.body.customer;
  ids.draft = first.body.id;
  await make("issued", { status: "Unpaid", autoApply: "off" });
  await make("paid", { status: "Unpaid", autoApply: "off" });
  await shell.call("POST", `/v1/invoices/${ids.paid}/mark-paid`, {});
  await make("canceled", { status: "Unpaid", autoApply: "off" });
  await shell.call("POST", `/v1/invoices/${ids.canceled}/cancel`, {});
  await make("retainer", { status: "Unpaid", isRetainer: true });
  await make("funded", { status: "Unpaid", isRetainer: true });
  const { body } = await shell.call("POST", `/v1/invoices/${ids.funded}/payments`, {
    method: "Cash",
  });
  ids.payment = body.id;
  const other = await shell.call("POST", "/v1/invoices", {
    customer: { billTo },
    items,
    status: "Unpaid",
  });
  ids.others = other.body.id;
  await make("euro", { status: "Unpaid", currency: "EUR" });
  accepted = countWrites(shell.table);
}

/** Every refusal: the status, the code, and that nothing at all was written. */
export async function refuses(
  [method, path, body]: readonly [string, string, unknown?],
  expected: { status: number; code: string; pointer?: string },
) {
  const before = accepted();
  const named = path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? name);
  const answer = await shell.call(method, named, resolve(body));
  expect(answer.body).toMatchObject({ status: expected.status, code: expected.code });
  expect(answer.status).toBe(expected.status);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  if (expected.pointer) {
    const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers).toContain(expected.pointer);
  }
  expect(accepted()).toBe(before);
}

const resolve = (body: unknown): unknown =>
  body === undefined || typeof body === "string"
    ? body
    : JSON.parse(JSON.stringify(body), (_key, value) =>
        typeof value === "string" && value.startsWith(":")
          ? value === ":customer"
            ? customer
            : (ids[value.slice(1)] ?? value)
          : value,
      );

export const create = (over: object) =>
  ["POST", "/v1/invoices", { customer: ":customer", items, ...over }] as const;
export const item = (over: object) => create({ items: [{ ...items[0], ...over }] });
export const long = (length: number) => "x".repeat(length);

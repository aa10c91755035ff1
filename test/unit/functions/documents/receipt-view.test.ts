import { expect, it } from "vitest";
import { defaultSettings } from "../../../../domain/agencies/agency.ts";
import { customerSchema } from "../../../../domain/customers/customer.ts";
import type { Payment } from "../../../../domain/payments/payment.ts";
import { newPayment } from "../../../../domain/payments/receive.ts";
import { type ReceiptSource, receiptView } from "../../../../functions/documents/receipt-view.ts";
import { aCustomerId, anAccount, anId, anInvoice, money, now } from "../../../support/builders.ts";

const stamps = { createdAt: now, updatedAt: now, version: 1 };
const refund = (over: object = {}) => ({
  ...{ id: anId("refund"), amount: 1_000, at: now, status: "Succeeded" as const },
  ...{ reason: null, stripe: null },
  ...over,
});

function source(payment: Partial<Payment>, over: Partial<ReceiptSource> = {}): ReceiptSource {
  return {
    agency: {
      id: anId("agency"),
      ...{ name: "Studio North", slug: "north", email: "hello@north.test", stripe: null },
      settings: defaultSettings("USD", "UTC"),
      ...stamps,
    },
    customer: customerSchema.parse({ id: aCustomerId, billTo: { company: "Acme" }, ...stamps }),
    payment: { ...newPayment(money(), now), status: "Succeeded", unapplied: 10_000, ...payment },
    applications: [],
    account: anAccount({ balances: { USD: { outstanding: 0, unapplied: 15_000, credit: 0 } } }),
    invoices: new Map(),
    ...over,
  };
}

const apply = (invoice: string, amount: number) => ({
  ...{ id: anId("application"), payment: anId("payment"), credit: null, customer: aCustomerId },
  ...{ invoice: invoice as `inv_${string}`, amount, currency: "USD" as const, at: now },
});

it("says what waits of it, and on the retainer altogether", () => {
  const view = receiptView(source({}));
  expect(view).toMatchObject({ amount: 10_000, unapplied: 10_000, retainerBalance: 15_000 });
  expect(view.number).toMatch(/^PAY-\w{8}$/);
});

it("names each invoice once and leads from what came to what is left", () => {
  const invoice = anInvoice({ number: "INV-0001", status: "Paid" });
  const applications = [apply(invoice.id, 3_000), apply(invoice.id, 4_000)];
  const invoices = new Map([[invoice.id, invoice]]);
  const payment = { applied: 7_000, refunded: 1_000, refunds: [refund()], unapplied: 2_000 };
  const view = receiptView(source(payment, { applications, invoices }));
  expect(view.paid).toEqual([{ number: "INV-0001", date: invoice.date, amount: 7_000 }]);
  expect(view.refunds).toEqual([{ date: now, amount: 1_000 }]);
  expect(view.amount - 7_000 - 1_000).toBe(view.unapplied);
});

it("counts what a lost dispute took as given back, and a failed refund not", () => {
  const refunds = [refund(), refund({ amount: 2_500, status: "Failed" })];
  const view = receiptView(source({ refunds, refunded: 4_000, unapplied: 6_000 }));
  expect(view.refunds.map(({ amount }) => amount)).toEqual([1_000, 3_000]);
});

it("keeps the notes of staff to staff", () => {
  expect(JSON.stringify(receiptView(source({ notes: "pays late" })))).not.toContain("pays late");
});

it("is in the reader's language", () => {
  const view = receiptView(source({ method: "Cash" }), "de");
  expect(view).toMatchObject({ locale: "de", method: "Bargeld" });
});

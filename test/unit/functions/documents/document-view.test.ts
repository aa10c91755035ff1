import { describe, expect, it } from "vitest";
import type { Agency } from "../../../../domain/agencies/agency.ts";
import { defaultSettings } from "../../../../domain/agencies/agency.ts";
import { contentSchema, type Invoice } from "../../../../domain/billing/invoice.ts";
import { customerSchema } from "../../../../domain/customers/customer.ts";
import { newPayment } from "../../../../domain/payments/receive.ts";
import {
  type DocumentSource,
  documentView,
} from "../../../../functions/documents/document-view.ts";
import { aCredit, aCustomerId, anId, anInvoice, money, now } from "../../../support/builders.ts";

const stamps = { createdAt: now, updatedAt: now, version: 1 };

const anAgency = (over: Partial<Agency> = {}): Agency => ({
  id: anId("agency"),
  ...{ name: "Studio North", slug: "north", email: "hello@north.test", stripe: null },
  settings: defaultSettings("USD", "UTC"),
  ...stamps,
  ...over,
});

const aCustomer = (over: object = {}) =>
  customerSchema.parse({ id: aCustomerId, billTo: { company: "Acme" }, ...stamps, ...over });

const aLine = (over: object = {}) => ({
  ...{ name: "Work", quantity: 1_000_000, price: 10_000, total: 10_000 },
  ...over,
});

const contentOf = (over: object = {}) =>
  contentSchema.parse({ items: [aLine()], taxIncluded: false, ...over });

function source(invoice: Invoice, over: Partial<DocumentSource> = {}): DocumentSource {
  return {
    agency: anAgency(),
    customer: aCustomer(),
    ...{ invoice, content: contentOf() },
    sources: { payments: new Map(), credits: new Map() },
    ...over,
  };
}

const aPayment = (over: object = {}) => ({
  ...newPayment(money(), now),
  ...{ status: "Succeeded" as const, version: 1 },
  ...over,
});
const byId = <T extends { id: string }>(...all: T[]) => new Map(all.map((one) => [one.id, one]));

const application = (over: object) => ({
  ...{ id: anId("application"), payment: null, credit: null, retainer: null },
  ...{ amount: 1_000, at: now },
  ...over,
});

describe("what paid an invoice", () => {
  const retainer = { id: anId("invoice"), number: "RET-0001", date: "2026-11-01" };
  const drawn = (amount: number) => application({ payment: anId("payment"), retainer, amount });

  it("names each retainer once, with the sum of all its payments", () => {
    const applications = [drawn(1_000), drawn(2_500)];
    const invoice = anInvoice({ status: "Partial", paid: 3_500, applications });
    const view = documentView(source(invoice));
    expect(view.retainersDrawn).toEqual([
      { number: "RET-0001", date: "2026-11-01", amount: 3_500 },
    ]);
    expect(view).toMatchObject({ total: 10_000, balance: 6_500, paymentsReceived: [] });
  });

  it("tells other payments by method and credits by number", () => {
    const payment = aPayment({ method: "BankTransfer" });
    const credit = { ...aCredit({ status: "PartiallyApplied" }), number: "CRE-0001" };
    const invoice = anInvoice({
      ...{ status: "Partial", paid: 3_000 },
      applications: [
        application({ payment: payment.id, amount: 2_000 }),
        application({ credit: credit.id, amount: 1_000 }),
      ],
    });
    const sources = { payments: byId(payment), credits: byId(credit) };
    const view = documentView(source(invoice, { sources }));
    expect(view.paymentsReceived).toMatchObject([{ method: "bank transfer", amount: 2_000 }]);
    expect(view.creditsApplied).toMatchObject([{ number: "CRE-0001", amount: 1_000 }]);
    expect(view.balance).toBe(7_000);
  });

  it("asks for nothing once it is canceled", () => {
    const view = documentView(source(anInvoice({ status: "Canceled", number: "INV-0001" })));
    expect(view).toMatchObject({ status: "Canceled", balance: 0 });
  });

  it("never leaves the house when its lines don't lead to what it asks for", () => {
    const invoice = anInvoice({ status: "Partial", paid: 3_500, applications: [drawn(1_000)] });
    expect(() => documentView(source(invoice))).toThrow("its lines leave 9000");
  });
});

describe("a retainer", () => {
  const drawdown = { funded: 10_000, drawn: 4_000, refunded: 1_000 };
  const paid = { isRetainer: true, status: "Paid", paid: 10_000, drawdown } as const;

  it("shows the payments that funded it and what is left of them", () => {
    const invoice = anInvoice(paid);
    const first = aPayment({ id: anId("payment"), retainer: invoice.id, amount: 6_000 });
    const second = aPayment({
      ...{ id: anId("payment"), retainer: invoice.id, amount: 4_000 },
      receivedAt: "2026-11-25T09:00:00.000Z",
    });
    const failed = aPayment({ id: anId("payment"), retainer: invoice.id, status: "Failed" });
    const sources = { payments: byId(second, failed, first), credits: new Map() };
    const view = documentView(source(invoice, { sources }));
    expect(view.paymentsReceived.map(({ amount }) => amount)).toEqual([6_000, 4_000]);
    expect(view.retainer).toEqual({ ...drawdown, remaining: 5_000 });
  });

  it("adds up even while the index does not show its payments yet", () => {
    const view = documentView(source(anInvoice(paid)));
    expect(view.paymentsReceived).toMatchObject([{ amount: 10_000 }]);
    expect(view.balance).toBe(0);
  });

  it("takes more than it asked for", () => {
    const over = { funded: 12_000, drawn: 0, refunded: 0 };
    const view = documentView(source(anInvoice({ ...paid, paid: 12_000, drawdown: over })));
    expect(view).toMatchObject({ balance: 0, retainer: { remaining: 12_000 } });
  });
});

describe("lines", () => {
  const lines = (content: object, locale?: string) =>
    documentView(source(anInvoice(), { content: contentOf(content) }), locale).lines;
  const vat = [{ name: "VAT", rate: 190_000 }];

  it("show their taxes only where they differ from one another", () => {
    const items = [aLine(), aLine()];
    expect(lines({ items, taxes: vat })).toMatchObject([{ name: "Work" }, { name: "Work" }]);
    expect(lines({ items, taxes: vat }).some((line) => line.taxes)).toBe(false);
    const mixed = lines({ items: [aLine(), aLine({ taxes: [] })], taxes: vat });
    expect(mixed.map(({ taxes }) => taxes)).toEqual(["VAT 19%", "–"]);
  });

  it("write quantities whole and discounts as people do", () => {
    const items = [
      aLine({ quantity: 1_250_000, discount: { type: "percent", value: 125_000 } }),
      aLine({ discount: { type: "amount", value: 500 } }),
    ];
    expect(lines({ items }).map(({ quantity, discount }) => [quantity, discount])).toEqual([
      ["1.250000", "-12.5%"],
      ["1.000000", "-$5.00"],
    ]);
  });

  it("don't tell a rate twice", () => {
    const taxTotals = [{ name: "USt. 19 %", rate: 190_000, amount: 1_900 }];
    const view = documentView(source(anInvoice(), { content: contentOf({ taxTotals }) }));
    expect(view.taxes).toEqual([{ name: "USt. 19 %", amount: 1_900 }]);
  });
});

describe("how it speaks", () => {
  const localeOf = (lang: string | null, customer: string | null, asked?: string) =>
    documentView(source(anInvoice({ lang }), { customer: aCustomer({ lang: customer }) }), asked)
      .locale;

  it.each([
    ["the reader's language first", "es", "de", "fr", "es"],
    ["then the document's", undefined, "de", "fr", "de"],
    ["then the customer's", undefined, null, "fr", "fr"],
    ["then the agency's", undefined, null, null, "en-US"],
    ["the agency's habits in its own language", undefined, "en", null, "en-US"],
    ["another country's habits where they are asked for", undefined, "en-GB", null, "en-GB"],
  ])("takes %s", (_name, asked, lang, customer, expected) => {
    expect(localeOf(lang, customer, asked)).toBe(expected);
  });
});

describe("how to pay", () => {
  const settings = { ...defaultSettings("USD", "UTC"), payment: { instructions: "IBAN DE02" } };
  const stripe = { account: "acct_1", chargesEnabled: true, detailsSubmitted: true };

  it("is told where nobody can pay online, and only there", () => {
    const offline = source(anInvoice(), { agency: anAgency({ settings }) });
    expect(documentView(offline).paymentInstructions).toBe("IBAN DE02");
    const online = source(anInvoice(), { agency: anAgency({ settings, stripe }) });
    expect(documentView(online).paymentInstructions).toBeUndefined();
  });
});

it("addresses the customer with firm, person, place and tax number", () => {
  const billTo = {
    company: "Acme",
    firstName: "Ann",
    lastName: "Lee",
    address: "1 High St\nLeeds",
  };
  const customer = aCustomer({ taxId: "GB123" });
  const view = documentView(source(anInvoice(), { customer, content: contentOf({ billTo }) }));
  expect(view.customer.lines).toEqual(["Acme", "Ann Lee", "1 High St", "Leeds", "Tax ID GB123"]);
});

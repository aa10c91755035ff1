import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  contentOf,
  type DocumentTerms,
  moneyTermsOf,
  newInvoice,
  termsOf,
  totalTerms,
  withTerms,
} from "../../../../domain/billing/draft.ts";
import { emptyAddress } from "../../../../domain/customers/customer.ts";
import { aCustomerId, anId, anInvoice, now } from "../../../support/builders.ts";

const one = 1_000_000;
const vat = { name: "VAT", rate: 200_000 };
const item = { name: "Work", description: null, quantity: one, price: 1_000 };

const terms = (over: Partial<DocumentTerms> = {}): DocumentTerms => ({
  ...{ customer: aCustomerId, isRetainer: false, number: null, currency: "USD", lang: null },
  ...{ date: "2027-03-01", dueDate: "2027-03-15", items: [item], discount: null, taxes: [] },
  ...{ taxIncluded: false, extraCharges: [], extraFields: [], header: null, terms: null },
  ...{ notes: null, tags: [], showShipTo: false, slug: null, autoApply: null, scope: [] },
  ...{ period: null, poNumber: null },
  ...over,
});

const text = fc.option(fc.string({ maxLength: 10 }), { nil: null });
const words = fc.array(fc.string({ maxLength: 10 }), { maxLength: 3 });
const anyTerms = fc.record({
  ...{ number: text, lang: text, header: text, terms: text, notes: text, slug: text },
  ...{ poNumber: text, tags: words, scope: words, isRetainer: fc.boolean() },
  ...{ showShipTo: fc.boolean(), taxIncluded: fc.boolean() },
  autoApply: fc.constantFrom("always", "ask", "off", null),
  items: fc.array(
    fc.record({
      ...{ name: fc.string(), description: text },
      ...{ quantity: fc.integer({ min: 0, max: 50 * one }), price: fc.nat(100_000) },
    }),
    { minLength: 1, maxLength: 5 },
  ),
  extraFields: fc.array(fc.record({ name: fc.string(), value: fc.string() }), { maxLength: 2 }),
  extraCharges: fc.array(fc.record({ name: fc.string(), amount: fc.nat(1_000) }), { maxLength: 2 }),
});

function draftOf(asked: DocumentTerms) {
  const totalled = totalTerms(asked);
  if (!totalled.ok) throw new Error(totalled.code);
  const { totals } = totalled;
  const parties = { billTo: { ...emptyAddress, company: "Acme" }, shipTo: null };
  const invoice = newInvoice({ terms: asked, totals }, { id: anId("invoice"), now });
  return { invoice, content: contentOf(asked, totals, parties), totals };
}

describe("a draft", () => {
  test("stands for the terms that it was made from, every one of them", () => {
    fc.assert(
      fc.property(anyTerms, (over) => {
        const asked = terms(over);
        const { invoice, content } = draftOf(asked);
        expect(termsOf(invoice, content)).toEqual(asked);
      }),
    );
  });

  test("asks for its lines and extra charges, of which nothing is paid", () => {
    const { invoice, content } = draftOf(
      terms({ taxes: [vat], extraCharges: [{ name: "Travel", amount: 50 }] }),
    );
    expect(invoice).toMatchObject({
      ...{ status: "Draft", subTotal: 1_000, tax: 200, extraTotal: 50, total: 1_250, paid: 0 },
      drawdown: null,
    });
    expect(content.items).toMatchObject([{ total: 1_000 }]);
  });

  test("of a retainer has nothing drawn, and no tax", () => {
    expect(draftOf(terms({ isRetainer: true })).invoice.drawdown).toEqual({
      ...{ funded: 0, drawn: 0, refunded: 0 },
    });
  });

  test.each([
    ["a taxed retainer", { isRetainer: true, taxes: [vat] }, "retainer.taxed"],
    [
      "a retainer with a taxed line",
      { isRetainer: true, items: [{ ...item, taxes: [vat] }] },
      "retainer.taxed",
    ],
    [
      "a discount larger than all",
      { discount: { type: "amount", value: 1_001 } as const },
      "invoice.total-negative",
    ],
    [
      "more than 15 digits",
      { items: [{ ...item, quantity: 1e4 * one, price: 999_999_999_999 }] },
      "invoice.total-too-large",
    ],
  ])("is refused for %s", (_what, over, code) => {
    expect(totalTerms(terms(over))).toMatchObject({ ok: false, code });
  });

  test("with other terms keeps what money did to it", () => {
    const paid = anInvoice({ status: "Partial", paid: 300, number: "INV-1" });
    const asked = terms({ number: "INV-1", notes: "new" });
    const { totals } = draftOf(asked);
    const { status, applications } = paid;
    expect(withTerms(paid, asked, totals)).toMatchObject({
      ...{ id: paid.id, status, applications, paid: 300, total: 1_000 },
    });
  });
});

test.each<[string, Partial<DocumentTerms>, boolean]>([
  ["a price", { items: [{ ...item, price: 1_001 }] }, true],
  ["a line's own tax", { items: [{ ...item, taxes: [vat] }] }, true],
  ["a discount", { discount: { type: "amount", value: 1 } }, true],
  ["an extra charge's name", { extraCharges: [{ name: "Travel", amount: 0 }] }, true],
  ["whose it is", { customer: anId("customer") }, true],
  ["what its money is kept for", { scope: ["web"] }, true],
  ["a line's name", { items: [{ ...item, name: "Labour", description: "of love" }] }, false],
  ["its due day", { dueDate: "2027-04-01" }, false],
  ["its texts and tags", { notes: "new", header: "new", tags: ["web"] }, false],
])("%s decides about money: %s", (_what, over, decides) => {
  expect(moneyTermsOf(terms(over)) !== moneyTermsOf(terms())).toBe(decides);
});

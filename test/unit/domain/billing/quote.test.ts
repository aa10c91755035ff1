import { describe, expect, test } from "vitest";
import { type DocumentTerms, newInvoice, totalTerms } from "../../../../domain/billing/draft.ts";
import {
  type ApproveQuote,
  approveQuote,
  declineQuote,
  isQuoteChangeable,
  newQuote,
  type Quote,
  quoteStatuses,
  quoteStatusOn,
} from "../../../../domain/billing/quote.ts";
import { aCustomerId, anId, now, today } from "../../../support/builders.ts";

const terms = (over: Partial<DocumentTerms> = {}): DocumentTerms => ({
  ...{ customer: aCustomerId, isRetainer: false, number: null, date: today, dueDate: "2026-12-24" },
  ...{ currency: "USD", lang: null, discount: null, taxes: [], taxIncluded: false },
  items: [{ name: "Work", description: null, quantity: 2_000_000, price: 2_550 }],
  ...{ extraCharges: [], extraFields: [], header: null, terms: null, notes: null, tags: ["web"] },
  ...{ showShipTo: false, slug: null, autoApply: null, scope: [], period: null, poNumber: null },
  ...over,
});

function totalled(given: DocumentTerms) {
  const made = totalTerms(given);
  if (!made.ok) throw new Error(made.code);
  return { terms: given, totals: made.totals };
}

const aQuote = (over: Partial<Quote> = {}): Quote => ({
  ...newQuote(totalled(terms()), { id: anId("quote"), now }),
  status: "Sent",
  ...over,
});

const settings = {
  autoConvert: true,
  requireSignature: false,
  requireTerms: false,
  requirePoNumber: false,
};
const yes: ApproveQuote = {
  ...{ name: null, acceptedTerms: false, poNumber: null, byStaff: false },
  actor: { system: "test" },
};
const approve = (
  quote: Quote,
  over: Partial<ApproveQuote> = {},
  needs: Partial<typeof settings> = {},
) => approveQuote(quote, { ...yes, ...over }, { now, today, settings: { ...settings, ...needs } });

describe("a quote", () => {
  test("begins as a draft over its lines, valid as long as its terms say", () => {
    expect(newQuote(totalled(terms()), { id: anId("quote"), now })).toMatchObject({
      ...{ status: "Draft", total: 5_100, subTotal: 5_100, tax: 0, validUntil: "2026-12-24" },
      ...{ number: null, tags: ["web"], version: 1 },
    });
  });

  test("is valid through its last day", () => {
    const quote = aQuote({ validUntil: "2026-12-24" });
    expect(quoteStatusOn(quote, "2026-12-24")).toBe("Sent");
    expect(quoteStatusOn(quote, "2026-12-25")).toBe("Expired");
    expect(quoteStatusOn({ ...quote, status: "Approved" }, "2026-12-25")).toBe("Approved");
  });

  test("may be changed until somebody answered", () => {
    const changeable = quoteStatuses.filter((status) => isQuoteChangeable(aQuote({ status })));
    expect(changeable).toEqual(["Draft", "Sent"]);
  });

  test("is approved with what was typed", () => {
    const quote = aQuote({ poNumber: "old" });
    const approved = approve(quote, { name: "Ann", acceptedTerms: true, poNumber: "PO-7" });
    expect(approved).toEqual({
      ok: true,
      quote: {
        ...quote,
        ...{ status: "Approved", poNumber: "PO-7", updatedAt: now, version: 2 },
        approval: { at: now, name: "Ann", actor: yes.actor, acceptedTerms: true },
      },
    });
    expect(approve(quote)).toMatchObject({ quote: { poNumber: "old" } });
  });

  test("is declined with a reason", () => {
    const declined = declineQuote(aQuote(), { reason: "too dear" }, { now, today });
    expect(declined).toMatchObject({
      quote: { status: "Declined", declinedAt: now, declineReason: "too dear", version: 2 },
    });
  });

  const closed = quoteStatuses.filter((status) => status !== "Sent" && status !== "Expired");
  test.each(closed)("that is %s can be neither approved nor declined", (status) => {
    const refused = { ok: false, code: "quote.not-open" };
    expect(approve(aQuote({ status }))).toMatchObject(refused);
    expect(declineQuote(aQuote({ status }), { reason: null }, { now, today })).toMatchObject(
      refused,
    );
  });

  test("that is past its day can be neither", () => {
    const refused = { ok: false, code: "quote.expired" };
    const past = aQuote({ validUntil: "2026-11-23" });
    expect(approve(past)).toMatchObject(refused);
    expect(declineQuote(past, { reason: null }, { now, today })).toMatchObject(refused);
  });

  test.each([
    ["a name", { requireSignature: true }, { name: "Ann" }, "quote.name-required", "#/name"],
    [
      "the terms",
      { requireTerms: true },
      { acceptedTerms: true },
      "quote.terms-required",
      "#/terms",
    ],
    [
      "a PO number",
      { requirePoNumber: true },
      { poNumber: "7" },
      "quote.po-number-required",
      "#/poNumber",
    ],
  ] as const)("needs %s where the agency wants it", (_, needs, given, code, pointer) => {
    expect(approve(aQuote(), {}, needs)).toMatchObject({ ok: false, code, errors: [{ pointer }] });
    expect(approve(aQuote(), given, needs)).toMatchObject({ ok: true });
  });

  test("takes the customer's word for the terms from staff, and a PO number it has", () => {
    expect(approve(aQuote(), { byStaff: true }, { requireTerms: true })).toMatchObject({
      ok: true,
    });
    const known = aQuote({ poNumber: "7" });
    expect(approve(known, {}, { requirePoNumber: true })).toMatchObject({ ok: true });
  });
});

describe("a draft's terms", () => {
  test.each([
    ["a tax on all", { taxes: [{ name: "VAT", rate: 200_000 }] }],
    ["a tax on a line", { items: [{ ...terms().items[0], taxes: [{ name: "VAT", rate: 1 }] }] }],
  ])("of a retainer refuse %s", (_, over) => {
    const given = terms({ isRetainer: true, ...over } as Partial<DocumentTerms>);
    expect(totalTerms(given)).toMatchObject({ ok: false, code: "retainer.taxed" });
    expect(totalTerms({ ...given, isRetainer: false }).ok).toBe(true);
  });

  test("refuse a discount larger than what it is taken from", () => {
    const discount = { type: "amount", value: 5_101 } as const;
    const refused = { ok: false, code: "invoice.total-negative" };
    expect(totalTerms(terms({ discount }))).toMatchObject(refused);
    expect(totalTerms(terms({ discount: { ...discount, value: 5_100 } }))).toMatchObject({
      totals: { total: 0 },
    });
  });

  test("become an invoice that nothing has paid, or a retainer that nothing has funded", () => {
    const id = anId("invoice");
    const invoice = newInvoice(totalled(terms()), { id, now });
    expect(invoice).toMatchObject({ id, status: "Draft", total: 5_100, paid: 0, drawdown: null });
    const retainer = newInvoice(totalled(terms({ isRetainer: true })), { id, now });
    expect(retainer.drawdown).toEqual({ funded: 0, drawn: 0, refunded: 0 });
  });
});

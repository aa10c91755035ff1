import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDocumentPdf } from "../../../../functions/pdf/render-document.ts";
import type { DocumentView } from "../../../../functions/pdf/view.ts";
import { overlapsOf, readPdf, textOf } from "../../../support/pdf.ts";
import { aDocumentView, aLine } from "../../../support/pdf-views.ts";

const draw = async (over: Partial<DocumentView> = {}) =>
  readPdf(await renderDocumentPdf(aDocumentView(over)));
/** Intl's narrow and unbreakable spaces as plain ones. */
const read = async (over: Partial<DocumentView> = {}) =>
  textOf(await draw(over)).replaceAll(/[\u00a0\u2009\u202f]/g, " ");

describe("what an invoice says", () => {
  it("names itself, both parties and the dates", async () => {
    const text = await read({
      poNumber: "PO-77",
      period: { from: "2027-01-01", to: "2027-01-31" },
    });
    for (const part of [
      "Invoice",
      "INV-0002",
      "Northwind Studio",
      "Acme Corporation",
      "January 19, 2027",
      "February 2, 2027",
      "January 1 – 31, 2027",
      "PO-77",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("shows quantity, price, discount, tax and total of a line in one row", async () => {
    const line = aLine(1, {
      name: "Brand design",
      quantity: "12.5",
      price: 12_000,
      discount: "-10%",
      taxes: "VAT 19%",
      total: 135_000,
    });
    const text = await read({ lines: [line] });
    expect(text).toContain("Brand design 12.5 $120.00 -10% VAT 19% $1,350.00");
    expect(text).toContain("Description Qty Unit price Discount Tax Amount (USD)");
  });

  it("leaves out columns that no line uses", async () => {
    expect(await read()).toContain("Description Qty Unit price Amount (USD)");
  });

  it("leads from the subtotal to what is to pay", async () => {
    const text = await read({
      subTotal: 235_000,
      discountTotal: 10_000,
      taxes: [{ name: "VAT 19%", amount: 42_750 }],
      extraCharges: [{ name: "Courier", amount: 5_000 }],
      total: 272_750,
      creditsApplied: [{ number: "CRE-0001", date: "2027-01-20", amount: 2_750 }],
      paymentsReceived: [{ method: "bank transfer", date: "2027-01-21", amount: 20_000 }],
      balance: 250_000,
    });
    const rows = [
      "Subtotal $2,350.00",
      "Discount -$100.00",
      "VAT 19% $427.50",
      "Courier $50.00",
      "Total $2,727.50",
      "Credit CRE-0001 -$27.50",
      "Paid by bank transfer -$200.00",
      "To pay $2,500.00",
    ];
    const places = rows.map((row) => text.indexOf(`\n${row}`));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("tells taxes that are within the prices without adding them", async () => {
    const text = await read({ taxIncluded: true, taxes: [{ name: "VAT 20%", amount: 1_667 }] });
    expect(text).toContain("Includes VAT 20% $16.67");
    expect(text).not.toContain("Subtotal");
  });

  it("draws each retainer used as a line of its own, with number, date and amount", async () => {
    const text = await read({
      total: 10_000,
      retainersDrawn: [
        { number: "RET-0001", date: "2027-01-04", amount: 6_000 },
        { number: "RET-0002", date: "2027-01-05T06:00:00.000Z", amount: 1_000 },
      ],
      balance: 3_000,
    });
    expect(text).toContain("From your retainer RET-0001 -$60.00\nJan 4, 2027");
    expect(text).toContain("From your retainer RET-0002 -$10.00\nJan 4, 2027");
    expect(text).toContain("To pay $30.00");
  });

  it("gives the instructions for paying only while there is something to pay", async () => {
    const paymentInstructions = "Transfer to account 4711";
    expect(await read({ paymentInstructions })).toContain("How to pay");
    const paid = await read({ paymentInstructions, status: "Paid", balance: 0 });
    expect(paid).not.toContain("account 4711");
  });

  it("carries header, notes, terms and extra fields", async () => {
    const text = await read({
      header: "As agreed:",
      notes: "Thank you",
      terms: "Net 14",
      extraFields: [{ name: "Project", value: "Spring" }],
      shipTo: { lines: ["Warehouse South"] },
    });
    for (const part of [
      "As agreed:",
      "Thank you",
      "Net 14",
      "Project",
      "Spring",
      "Warehouse South",
    ])
      expect(text).toContain(part);
  });
});

describe("the headline", () => {
  const retainer = { funded: 0, drawn: 0, refunded: 0, remaining: 0 };
  it.each<[string, Partial<DocumentView>, string]>([
    ["an open invoice", { balance: 7_000, status: "Partial" }, "$70.00 due February 2, 2027"],
    ["a paid invoice", { status: "Paid", balance: 0 }, "$100.00 paid"],
    ["a canceled invoice", { status: "Canceled", balance: 0 }, "$100.00 canceled, nothing to pay"],
    ["an invoice being debited", { status: "Pending" }, "$100.00 on its way"],
    [
      "an invoice paid by retainers",
      {
        status: "Paid",
        balance: 0,
        retainersDrawn: [{ number: "RET-1", date: "2027-01-04", amount: 10_000 }],
      },
      "$100.00 paid from your retainer",
    ],
    [
      "a paid retainer",
      { kind: "retainer", status: "Paid", balance: 0 },
      "$100.00 paid in advance",
    ],
    ["a refunded retainer", { kind: "retainer", status: "Refunded" }, "$100.00 refunded"],
    [
      "an open quote",
      { kind: "quote", status: "Sent", validUntil: "2027-03-01", retainer },
      "$100.00, valid until March 1, 2027",
    ],
    ["a credit in use", { kind: "credit", balance: 4_000 }, "$40.00 left of a $100.00 credit"],
  ])("of %s says how much and until when", async (_name, over, headline) => {
    const { pages } = await draw(over);
    const largest = Math.max(...(pages[0]?.texts ?? []).map(({ size }) => (size > 20 ? 0 : size)));
    const texts = pages[0]?.texts.filter(({ size }) => size === largest) ?? [];
    expect(texts.map(({ text }) => text)).toContain(headline);
  });
});

describe("a retainer", () => {
  it("says that it asks for money in advance", async () => {
    const text = await read({ kind: "retainer", number: "RET-0001" });
    expect(text).toContain("Retainer request");
    expect(text).toContain("This asks for payment in advance; it is not an invoice");
  });

  it("shows what was paid in, used, refunded and left once money came in", async () => {
    const retainer = { funded: 500_000, drawn: 320_000, refunded: 30_000, remaining: 150_000 };
    const text = await read({ kind: "retainer", status: "Paid", balance: 0, retainer });
    expect(text).toContain("Paid in Used for invoices Refunded Left on it");
    expect(text).toContain("$5,000.00 $3,200.00 $300.00 $1,500.00");
    expect(text).not.toContain("This asks for payment");
    expect(text).toContain("The money waits on your retainer");
  });

  it("promises nothing once its money is used or it was canceled", async () => {
    const retainer = { funded: 500_000, drawn: 500_000, refunded: 0, remaining: 0 };
    const drawn = await read({ kind: "retainer", status: "Paid", balance: 0, retainer });
    expect(drawn).not.toContain("The money waits");
    const canceled = await read({ kind: "retainer", status: "Canceled", balance: 0 });
    expect(canceled).not.toContain("payment in advance");
  });

  it("is announced by the quote that becomes it, until that is decided", async () => {
    const retainer = { funded: 0, drawn: 0, refunded: 0, remaining: 0 };
    const open = await read({ kind: "quote", status: "Sent", retainer });
    expect(open).toContain("Once you approve, we ask for this amount in advance");
    const declined = await read({ kind: "quote", status: "Declined", retainer });
    expect(declined).not.toContain("Once you approve");
  });
});

describe("stamps", () => {
  it.each([
    ["Draft", "Draft"],
    ["Paid", "Paid"],
    ["Canceled", "Canceled"],
    ["Pending", "Payment on its way"],
  ] as const)("marks a %s document", async (status, stamp) => {
    const { pages } = await draw({ status });
    expect(pages[0]?.texts.map(({ text }) => text)).toContain(stamp);
  });

  it("leaves an open document unstamped", async () => {
    const { pages } = await draw({ status: "Unpaid" });
    expect(pages[0]?.texts.map(({ text }) => text)).not.toContain("Unpaid");
  });

  it("shows a draft as a draft in place of a number", async () => {
    const text = await read({ number: null, status: "Draft" });
    expect(text).toContain("Invoice Draft");
    expect(text).not.toContain("null");
  });
});

describe("texts", () => {
  it("shows Latin, Greek and Cyrillic as they are", async () => {
    const name = "Łódź Kő Ωμέγα Жёл ẞ€₴₹";
    expect(await read({ customer: { lines: [name] } })).toContain(name);
  });

  it("copies figures as figures, though they are drawn with glyphs of one width", async () => {
    const { pages } = await draw({ poNumber: "1111111111", number: "0987654321" });
    const texts = pages[0]?.texts.filter(({ text }) => /^\d{10}$/.test(text)) ?? [];
    expect(texts.map(({ text }) => text).sort()).toEqual(["0987654321", "1111111111"]);
    const perPoint = texts.map(({ x, right, size }) => ((right - x) / size).toFixed(2));
    expect(new Set(perPoint).size).toBe(1);
  });

  it("puts a box in place of what the font lacks, one for each sign that a person sees", async () => {
    const text = await read({ customer: { lines: ["東京 👩‍👩‍👧 e\u0301 \ud800."] } });
    expect(text).toContain("□□ □ é □.");
  });

  it("treats markup, controls and directions as plain text or nothing", async () => {
    const lines = [aLine(1, { name: "<b>Bold</b> &amp; \u202e\u0007(Tj) ET endstream\\" })];
    expect(await read({ lines })).toContain("<b>Bold</b> &amp; (Tj) ET endstream\\");
  });

  it("draws whatever it is given", async () => {
    const anyText = fc.string({ unit: "binary", maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (name, description) => {
        const { pages } = await draw({ lines: [aLine(1, { name, description })], notes: name });
        expect(pages.flatMap(overlapsOf)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("languages and papers", () => {
  it.each([
    ["de-DE", "Rechnung", "100,00 € fällig am 2. Februar 2027", "Seite 1 von 1"],
    ["fr-FR", "Facture", "100,00 € à payer au plus tard le 2 février 2027", "Page 1 sur 1"],
    ["es-ES", "Factura", "100,00 € a pagar hasta el 2 de febrero de 2027", "Página 1 de 1"],
    ["pl-PL", "Invoice", "due 2 February 2027", "Page 1 of 1"],
    ["not a locale", "Invoice", "€100.00 due February 2, 2027", "Page 1 of 1"],
  ])("speaks %s", async (locale, title, headline, page) => {
    const text = await read({ locale, currency: "EUR" });
    expect(text).toContain(title);
    expect(text).toContain(headline);
    expect(text).toContain(page);
  });

  it("writes each currency with its own decimals", async () => {
    expect(await read({ currency: "JPY", total: 5_000 })).toContain("Total ¥5,000\n");
    expect(await read({ currency: "KWD", total: 5_000 })).toContain("Total KWD 5.000\n");
  });

  it.each([
    ["A4", 595.28, 841.89],
    ["Letter", 612, 792],
  ] as const)("fits %s", async (paper, width, height) => {
    expect((await draw({ paper })).pages[0]).toMatchObject({ width, height });
  });

  it("names itself, its language and its parts to those who hear it", async () => {
    const { source } = await draw({ locale: "de-DE" });
    expect(source).toContain("/Lang (de-DE)");
    expect(source).toContain("/Marked true");
    expect(source).toContain("/S /Table");
    expect(source).toContain("(Northwind Studio)");
  });
});

describe("sameness", () => {
  it("is the same file for the same view, whatever was drawn between", async () => {
    const view = aDocumentView({ locale: "fr-FR", notes: "a\u00a0b µ \u2126" });
    const first = await renderDocumentPdf(view);
    await renderDocumentPdf(aDocumentView({ notes: "\u00a0 Ω μ ☃" }));
    expect(Buffer.from(await renderDocumentPdf(view)).equals(first)).toBe(true);
  });

  it("is dated by the document, not by the clock", async () => {
    expect((await draw({ date: "2027-01-19" })).source).toContain("(D:20270119000000Z)");
  });
});

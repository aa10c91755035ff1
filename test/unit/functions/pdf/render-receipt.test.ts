import { describe, expect, it } from "vitest";
import { renderReceiptPdf } from "../../../../functions/pdf/render-receipt.ts";
import type { ReceiptView } from "../../../../functions/pdf/view.ts";
import { overlapsOf, readPdf, textOf } from "../../../support/pdf.ts";
import { aReceiptView } from "../../../support/pdf-views.ts";

const draw = async (over: Partial<ReceiptView> = {}) =>
  readPdf(await renderReceiptPdf(aReceiptView(over)));
const read = async (over: Partial<ReceiptView> = {}) => textOf(await draw(over));

describe("a receipt", () => {
  it("says what was received, how, and on which day in the agency's zone", async () => {
    const text = await read();
    expect(text).toContain("PAY-7K2M9XQ4");
    expect(text).toContain("$5,000.00 received January 4, 2027");
    expect(text).toContain("Visa ending 4242");
  });

  it("tells that unused money waits on the retainer", async () => {
    const text = await read({ retainer: { number: "RET-0001" }, retainerBalance: 620_000 });
    expect(text).toContain("Your retainer RET-0001");
    expect(text).toContain("it waits on your retainer for the next invoice");
    expect(text).toContain("Left of this payment $5,000.00");
    expect(text).toContain("Left on your retainer $6,200.00");
  });

  it("lists what it paid and what was given back", async () => {
    const text = await read({
      paid: [
        { number: "INV-0001", date: "2027-01-12", amount: 320_000 },
        { number: "INV-0002", date: "2027-01-19", amount: 150_000 },
      ],
      refunds: [{ date: "2027-01-20", amount: 10_000 }],
      unapplied: 20_000,
    });
    for (const row of [
      "INV-0001 Jan 12, 2027 $3,200.00",
      "INV-0002 Jan 19, 2027 $1,500.00",
      "Received $5,000.00",
      "Used for invoices -$4,700.00",
      "Refunded Jan 20, 2027 -$100.00",
      "Left of this payment $200.00",
    ]) {
      expect(text).toContain(row);
    }
    expect(text).not.toContain("it waits on your retainer");
  });

  it("carries a long list over pages with its sums below the last row", async () => {
    const paid = Array.from({ length: 90 }, (_, i) => ({
      number: `INV-${i}`,
      date: "2027-01-12",
      amount: 1,
    }));
    const { pages } = await draw({ paid });
    expect(pages.length).toBeGreaterThan(2);
    for (const { lines } of pages)
      expect(lines.some((line) => line.startsWith("What it paid Date"))).toBe(true);
    expect(pages.at(-1)?.lines.some((line) => line.startsWith("INV-89"))).toBe(true);
    expect(pages.at(-1)?.lines.some((line) => line.startsWith("Received"))).toBe(true);
    expect(pages.flatMap(overlapsOf)).toEqual([]);
  });

  it("is the same file for the same view", async () => {
    const bytes = await renderReceiptPdf(aReceiptView());
    expect(Buffer.from(await renderReceiptPdf(aReceiptView())).equals(bytes)).toBe(true);
  });
});

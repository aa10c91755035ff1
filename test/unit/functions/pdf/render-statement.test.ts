import { describe, expect, it } from "vitest";
import { renderStatementPdf } from "../../../../functions/pdf/render-statement.ts";
import type { StatementLineView, StatementView } from "../../../../functions/pdf/view.ts";
import { overlapsOf, readPdf, textOf } from "../../../support/pdf.ts";
import { aStatementView } from "../../../support/pdf-views.ts";

const draw = async (over: Partial<StatementView> = {}) =>
  readPdf(await renderStatementPdf(aStatementView(over)));
const read = async (over: Partial<StatementView> = {}) =>
  textOf(await draw(over)).replaceAll(/[\u00a0\u2009\u202f]/g, " ");

const aMovement = (over: Partial<StatementLineView> = {}): StatementLineView => ({
  day: "2027-01-12",
  text: "Invoice",
  number: "INV-0001",
  amount: 320_000,
  outstanding: 365_000,
  unapplied: 500_000,
  credit: 0,
  ...over,
});

describe("a statement", () => {
  it("leads from the opening to the closing balance, one line per movement", async () => {
    const lines = [
      aMovement(),
      aMovement({ text: "Paid from RET-0001", amount: -320_000, outstanding: 45_000 }),
    ];
    const text = await read({ lines });
    const rows = [
      "Jan 1, 2027 Opening balance $450.00 $0.00",
      "Jan 12, 2027 Invoice · INV-0001 $3,200.00 $3,650.00 $5,000.00",
      "Jan 12, 2027 Paid from RET-0001 · INV-0001 -$3,200.00 $450.00 $5,000.00",
      "Jan 31, 2027 Closing balance $450.00 $0.00",
    ];
    expect(text).toContain(rows.join("\n"));
  });

  it("says what is to pay and what is left on the retainer", async () => {
    const closing = { outstanding: 115_000, unapplied: 180_000, credit: 0 };
    expect(await read({ closing })).toContain("$1,150.00 to pay · $1,800.00 left on your retainer");
    const settled = { outstanding: 0, unapplied: 0, credit: 0 };
    expect(await read({ closing: settled })).toContain("Nothing to pay");
  });

  it("shows the credit column only when credit moved", async () => {
    expect(await read({ lines: [aMovement()] })).not.toContain("Credit");
    const text = await read({ lines: [aMovement({ credit: 3_000 })] });
    expect(text).toContain("To pay On retainer Credit");
    expect(text).toContain("$5,000.00 $30.00");
  });

  it("says so when nothing happened", async () => {
    expect(await read()).toContain("No activity in these days.");
  });

  it("shows each retainer's money", async () => {
    const retainer = { funded: 500_000, drawn: 320_000, refunded: 30_000, remaining: 150_000 };
    const text = await read({
      retainers: [{ number: "RET-0001", date: "2027-01-04", ...retainer }],
    });
    expect(text).toContain("Retainer Date Paid in Used for invoices Refunded Left on it");
    expect(text).toContain("RET-0001 Jan 4, 2027 $5,000.00 $3,200.00 $300.00 $1,500.00");
  });

  it("shows how old the open money is, and nothing when none is open", async () => {
    const aging = {
      current: 70_000,
      days1to30: 20_000,
      days31to60: 0,
      days61to90: 15_000,
      over90: 10_000,
    };
    const text = await read({ aging });
    expect(text).toContain("1–30 days late");
    expect(text).toContain("$700.00 $200.00 $0.00 $150.00 $100.00");
    const closing = { outstanding: 0, unapplied: 0, credit: 0 };
    expect(await read({ closing, aging })).not.toContain("days late");
  });

  it("repeats its head, and never leaves the closing balance alone on a page", async () => {
    for (let count = 40; count < 75; count += 1) {
      const lines = Array.from({ length: count }, () => aMovement());
      const { pages } = await draw({ lines });
      const withRows = pages.filter((page) => page.lines.some((line) => line.includes("INV-0001")));
      for (const page of withRows)
        expect(page.lines.some((line) => line.startsWith("Date Activity"))).toBe(true);
      expect(withRows.at(-1)?.lines.some((line) => line.includes("Closing balance"))).toBe(true);
      expect(pages.flatMap(overlapsOf)).toEqual([]);
    }
  });

  it.each(["de-DE", "fr-FR", "es-ES"])("fits in %s on A4", async (locale) => {
    const retainer = { funded: 12_345_678, drawn: 12_345_678, refunded: 0, remaining: 12_345_678 };
    const { pages } = await draw({
      locale,
      currency: "EUR",
      paper: "A4",
      lines: [aMovement({ credit: 12_345_678, amount: -12_345_678 })],
      retainers: [{ number: "RET-0001", date: "2027-01-04", ...retainer }],
    });
    expect(pages.flatMap(overlapsOf)).toEqual([]);
    const [page] = pages;
    expect(Math.max(...(page?.texts ?? []).map(({ right }) => right))).toBeLessThan(595 - 51);
  });

  it("is the same file for the same view", async () => {
    const bytes = await renderStatementPdf(aStatementView());
    expect(Buffer.from(await renderStatementPdf(aStatementView())).equals(bytes)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { renderDocumentPdf } from "../../../../functions/pdf/render-document.ts";
import type { DocumentView } from "../../../../functions/pdf/view.ts";
import { overlapsOf, readPdf } from "../../../support/pdf.ts";
import { aDocumentView, aLine, someLines } from "../../../support/pdf-views.ts";

const draw = async (over: Partial<DocumentView> = {}) =>
  readPdf(await renderDocumentPdf(aDocumentView(over)));

describe("pages", () => {
  const hasHead = (lines: readonly string[]) =>
    lines.some((line) => line.startsWith("Description Qty"));

  it("repeats the head over each page that continues the table and counts the pages", async () => {
    const { pages } = await draw({ lines: someLines(100) });
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, { lines }] of pages.entries()) {
      expect(hasHead(lines)).toBe(true);
      expect(lines.at(-1)).toContain(`Page ${index + 1} of ${pages.length}`);
    }
  });

  it("never leaves the totals alone on a page", async () => {
    for (let count = 1; count <= 45; count += 1) {
      const { pages } = await draw({ lines: someLines(count), subTotal: 1, discountTotal: 1 });
      const withTotals = pages.filter(({ lines }) =>
        lines.some((l) => /^(Subtotal|To pay) /.test(l)),
      );
      expect(withTotals).toHaveLength(1);
      expect(withTotals[0]?.lines.some((line) => line.startsWith(`Line ${count} `))).toBe(true);
    }
  });

  it("never parts a row that a page can hold", async () => {
    const description = Array.from({ length: 9 }, (_, i) => `text ${i}`).join("\n");
    const lines = someLines(40).map((line) => ({ ...line, description }));
    const { pages } = await draw({ lines });
    for (const page of pages) {
      const names = page.lines.filter((line) => /^Line \d/.test(line));
      for (const part of ["text 0", "text 8"])
        expect(page.lines.filter((line) => line === part)).toHaveLength(names.length);
    }
  });

  it("parts a row that no page can hold, and loses none of it", async () => {
    const texts = Array.from({ length: 250 }, (_, i) => `text ${i}.`);
    const { pages } = await draw({
      lines: [aLine(1, { description: texts.join("\n") }), aLine(2)],
    });
    const all = pages.flatMap(({ lines }) => lines);
    expect(all.filter((line) => line.startsWith("text "))).toEqual(texts);
    expect(pages.at(-1)?.lines.some((line) => line.startsWith("To pay"))).toBe(true);
    expect(pages.flatMap(overlapsOf)).toEqual([]);
  });

  it("keeps everything above the foot and within the margins", async () => {
    const description = "A long description of the work that was done. ".repeat(21).slice(0, 1_000);
    const lines = someLines(200).map((line) => ({ ...line, description }));
    const { pages } = await draw({ lines, terms: "Terms. ".repeat(280), notes: "n".repeat(2_000) });
    for (const { texts, width, height } of pages) {
      expect(Math.min(...texts.map(({ x }) => x))).toBeGreaterThan(50);
      expect(Math.max(...texts.map(({ right }) => right))).toBeLessThan(width - 51);
      const foot = Math.max(...texts.map(({ y }) => y));
      const content = texts.filter(({ y }) => y < foot - 1);
      expect(Math.max(...content.map(({ y }) => y))).toBeLessThan(height - 56);
    }
    expect(pages.flatMap(overlapsOf)).toEqual([]);
  });

  it("runs a long list of retainers over pages and ends with what is to pay", async () => {
    const retainersDrawn = Array.from({ length: 100 }, (_, i) => ({
      number: `RET-${i}`,
      date: "2027-01-04",
      amount: 1,
    }));
    const { pages } = await draw({ retainersDrawn });
    expect(pages.flatMap(({ lines }) => lines).filter((l) => l.includes("RET-"))).toHaveLength(100);
    const last = pages.at(-1)?.lines ?? [];
    expect(last.some((line) => line.startsWith("To pay"))).toBe(true);
    expect(last.some((line) => line.includes("RET-99"))).toBe(true);
  });

  it("gives way where amounts, numbers and names are at their longest", async () => {
    const line = aLine(1, {
      name: "W".repeat(200),
      quantity: "123456789.123456",
      price: 999_999_999_999_999,
      discount: "-99.9999%",
      taxes: "Value added tax 19.1234%, City tax 3%, Tourism tax 1.5%",
      total: 999_999_999_999_999,
    });
    const { pages } = await draw({
      agency: { name: "A".repeat(200), addressLines: ["B".repeat(200)] },
      customer: { lines: ["C".repeat(200)] },
      number: `INV-${"9".repeat(60)}`,
      extraFields: [{ name: "n".repeat(80), value: "v".repeat(200) }],
      lines: [line],
      total: 999_999_999_999_999,
    });
    expect(pages.flatMap(overlapsOf)).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { styles } from "../../../../functions/pdf/styles.ts";
import { printable, widthOf, wrap } from "../../../../functions/pdf/text.ts";

const style = styles.body;
const wrapped = (text: string, width: number) => wrap(text, style, width).map((line) => line.text);

describe("wrapping", () => {
  it("breaks after spaces and keeps the writer's own lines", () => {
    const width = widthOf("aaaa bbbb", style) + 0.01;
    expect(wrapped("aaaa bbbb cccc\n\ndddd", width)).toEqual(["aaaa bbbb", "cccc", "", "dddd"]);
  });

  it("breaks after a dash between letters, never inside a number", () => {
    const width = widthOf("Anfang-", style) + 0.01;
    expect(wrapped("Anfang-Ende", width)).toEqual(["Anfang-", "Ende"]);
    expect(wrapped("ab INV-0001", widthOf("INV-0001", style) + 0.01)).toEqual(["ab", "INV-0001"]);
  });

  it("keeps an amount with its currency", () => {
    const amount = "1.500,00\u00a0€";
    expect(wrapped(`aus ${amount}`, widthOf(amount, style) + 0.01)).toEqual(["aus", amount]);
  });

  it("cuts a word that is wider than the column", () => {
    const lines = wrapped("W".repeat(50), 60);
    expect(lines.join("")).toBe("W".repeat(50));
    expect(lines.length).toBeGreaterThan(5);
  });

  it("loses no sign and leaves no line too wide", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab W-/é Жi.1\n"), maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 300 }), (source, width) => {
        const lines = wrapped(source, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(source.replaceAll(/[ \n]/g, ""));
        for (const line of lines) expect(widthOf(line, style)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("what can be printed", () => {
  it.each([
    ["composes accents", "o\u030b", "ő"],
    ["drops controls and directions", "a\u0000\u202eb\u200f", "ab"],
    ["makes a tab a space", "a\tb", "a b"],
    ["keeps unbreakable spaces", "1\u202f000\u00a0€", "1\u202f000\u00a0€"],
    ["replaces a foreign sign", "日本", "□□"],
    ["replaces a joined emoji once", "👩‍💻!", "□!"],
    ["replaces half a sign", "a\udc00b", "a□b"],
    ["replaces private signs", "a\ue071", "a□"],
    ["keeps what may hold markup", "<b>&amp;</b>", "<b>&amp;</b>"],
  ])("%s", (_name, text, printed) => {
    expect(printable(text)).toBe(printed);
  });
});

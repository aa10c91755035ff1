import { describe, expect, it } from "vitest";
import type { Letter } from "../../../../functions/mail/letter.ts";
import { renderLetter } from "../../../../functions/mail/render-letter.ts";
import { contrastOnWhite } from "../../../../functions/pdf/accent.ts";
import { aPng } from "../../../support/png.ts";
import { letterIn, lettersBy, written } from "./all-letters.ts";

const { agency, locale } = written;
const hostile = `<img src=x onerror="alert('1')">&amp;<b>`;
const escaped = "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;&lt;b&gt;";

const aLetter = (over: Partial<Letter> = {}): Letter => ({
  ...letterIn("invoice-unpaid"),
  ...over,
});

describe("markup in names and texts", () => {
  it.each<[string, Partial<Letter>]>([
    ["the subject", { subject: hostile }],
    ["the title", { title: hostile }],
    ["the headline", { headline: hostile }],
    ["the sentence", { sentence: hostile }],
    ["a row", { rows: [{ label: hostile, note: hostile, amount: hostile }] }],
    ["the button", { button: { label: hostile, url: `https://drawdown.test/"${hostile}` } }],
    ["the way to pay", { passage: { heading: hostile, text: hostile } }],
    ["a note", { notes: [hostile] }],
  ])("stays text in %s", (_name, over) => {
    const { html, text } = renderLetter(aLetter(over), written);
    expect(html).toContain(escaped);
    expect(html).not.toContain("<img src=x");
    expect(html).not.toContain('test/"');
    if (!over.subject) expect(text).toContain(hostile);
  });

  it("stays text in the agency's name and address", () => {
    const named = { ...agency, name: hostile, addressLines: [hostile], email: hostile };
    const { html } = renderLetter(aLetter(), { agency: named, locale });
    expect(html.split(escaped).length).toBeGreaterThanOrEqual(5);
    expect(html).not.toContain("<img src=x");
  });

  it("is never taken for a template", () => {
    const { html, text } = renderLetter(aLetter({ sentence: "<%= 7 * 7 %>" }), written);
    expect(html).toContain("&lt;%= 7 * 7 %&gt;");
    expect(text).toContain("<%= 7 * 7 %>");
  });

  it("reaches no style through the agency's colour", () => {
    const named = { ...agency, accentColor: `red;background:url(https://x.test)` };
    expect(renderLetter(aLetter(), { agency: named, locale }).html).not.toContain("x.test");
  });
});

it("keeps a subject on one line, so that it begins no other header", () => {
  const { subject } = renderLetter(aLetter({ subject: "Hi\r\nBcc: all@x.test" }), written);
  expect(subject).toBe("Hi Bcc: all@x.test");
});

it("keeps the paragraphs and line breaks of a text of one's own", () => {
  const { html, text } = renderLetter(aLetter({ sentence: "Dear Ann,\n\none\ntwo" }), written);
  expect(html).toMatch(/>Dear Ann,<\/p>[\s\S]*>one<br>two<\/p>/);
  expect(text).toContain("Dear Ann,\n\none\ntwo\n");
});

it.each(Object.keys(lettersBy))("asks for nothing from anywhere when %s is opened", (kind) => {
  const { html } = renderLetter(letterIn(kind), written);
  expect(html).not.toMatch(/<(img|link|script|iframe|video)\b/);
  expect(html).not.toMatch(/\bsrc=|url\(|@import|background="/);
});

describe("the sender", () => {
  it("is shown by a logo within the mail, of no more than its box", () => {
    const logo = aPng({ width: 400, height: 100 });
    const rendered = renderLetter(aLetter(), { agency: { ...agency, logo }, locale });
    expect(rendered.logo).toMatchObject({ cid: "logo", contentType: "image/png", content: logo });
    expect(rendered.html).toMatch(/src="cid:logo" alt="Northwind Studio" width="200" height="50"/);
  });

  it("is shown by name where there is no logo, or one that can't be read", () => {
    for (const named of [agency, { ...agency, logo: Buffer.from("<svg/>") }]) {
      const rendered = renderLetter(aLetter(), { agency: named, locale });
      expect(rendered.logo).toBeNull();
      expect(rendered.html).toContain(">Northwind Studio</p>");
    }
  });

  it("gives the accent, darkened until white reads on it", () => {
    const pale = { ...agency, accentColor: "#fde047" };
    const { html } = renderLetter(aLetter(), { agency: pale, locale });
    const accent = /bgcolor="(#[0-9a-f]{6})"/.exec(html)?.[1];
    expect(contrastOnWhite(accent ?? "")).toBeGreaterThanOrEqual(4.5);
  });
});

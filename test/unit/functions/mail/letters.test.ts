import { describe, expect, it } from "vitest";
import { quoteSentLetter } from "../../../../functions/mail/letters/document-sent.ts";
import { reasonOf } from "../../../../functions/mail/letters/payment-failed.ts";
import { reminderLetter } from "../../../../functions/mail/letters/reminder.ts";
import { retainerLowLetter } from "../../../../functions/mail/letters/retainer-low.ts";
import { renderLetter } from "../../../../functions/mail/render-letter.ts";
import { mailSpeechOf } from "../../../../functions/mail/speech.ts";
import { aDocumentView } from "../../../support/pdf-views.ts";
import { letterIn, lettersBy, link, written } from "./all-letters.ts";

const languages = ["en-US", "de-DE", "fr-FR", "es-ES"] as const;
const kinds = Object.keys(lettersBy);
const grid = kinds.flatMap((kind) => languages.map((locale) => [kind, locale] as const));

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** What a reader sees of HTML: the text between the tags. */
const seen = (html: string): string =>
  html
    .replace(/<(style|title)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name] ?? "");

const plain = (text: string): string => text.replace(/\s+/g, " ");

/** Figures with their currency, in each language's way; Intl puts only unbreakable spaces in them. */
const figuresIn = (text: string): string[] =>
  (
    text.match(/-?\$\d[\d,.]*\d|-?\d[\d.,\u00a0\u202f]*[\u00a0\u202f](?:\$US|US\$|\$)/g) ?? []
  ).toSorted();

describe.each(grid)("%s in %s", (kind, locale) => {
  const by = { ...written, locale };
  const letter = letterIn(kind, by);
  const { html, text, subject } = renderLetter(letter, by);

  it("says the same in both forms, to the last figure", () => {
    for (const { label, amount, note } of letter.rows) {
      for (const said of [label, amount, note ?? ""]) {
        expect(plain(text)).toContain(plain(said));
        expect(plain(seen(html))).toContain(plain(said));
      }
    }
    for (const said of [letter.title, letter.headline, letter.sentence, ...letter.notes]) {
      expect(plain(text)).toContain(plain(said));
      expect(plain(seen(html))).toContain(plain(said));
    }
    // The sentence stands once more in front, for the list of mails.
    const page = seen(html).replace(letter.sentence, "");
    const figures = figuresIn(text);
    expect(figuresIn(page)).toEqual(figures);
    expect(figures.length).toBeGreaterThanOrEqual(letter.rows.length);
  });

  it("has one button, and its address in the text", () => {
    const links = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual([link]);
    expect(text).toContain(`${letter.button?.label}:\n${link}\n`);
  });

  it("lacks no word", () => {
    expect(`${subject}${html}${text}`).not.toMatch(/undefined|\[object|NaN|null/);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(text).not.toMatch(/\n{3,}/);
  });
});

describe("the subject begins with the thing", () => {
  it.each([
    [
      "invoice-partly-drawn",
      "Invoice INV-0002 from Northwind Studio: $700.00 due February 2, 2027",
    ],
    ["invoice-drawn", "Invoice INV-0001 from Northwind Studio: $3,200.00 paid from your retainer"],
    ["retainer", "Retainer request RET-0001 from Northwind Studio: $5,000.00 due February 2, 2027"],
    ["quote", "Quote QUO-0001 from Northwind Studio: $5,000.00, valid until March 1, 2027"],
    ["receipt", "Receipt PAY-7K2M9XQ4 from Northwind Studio: $5,000.00 received"],
    [
      "payment-failed",
      "Failed payment for invoice INV-0002 from Northwind Studio: $700.00 was not paid",
    ],
    ["refund", "Refund of payment PAY-7K2M9XQ4 from Northwind Studio: $400.00 refunded"],
    ["log-in", "Your log-in link for Northwind Studio"],
    ["statement", "Statement from Northwind Studio: January 1 – 31, 2027"],
    ["retainer-low", "Retainer at Northwind Studio: $500.00 left"],
    [
      "reminder-before",
      "Reminder of invoice INV-0002 from Northwind Studio: $700.00 due February 2, 2027",
    ],
    [
      "reminder-after",
      "Reminder of invoice INV-0002 from Northwind Studio: $700.00 overdue by 3 days",
    ],
    ["late-fee", "Late fee on invoice INV-0002 from Northwind Studio: $125.00 to pay"],
    ["card-expiring", "Card Visa …4242 at Northwind Studio: expires 03/2027"],
    ["recurring-stopped", "Recurring payment at Northwind Studio: $5,000.00 stopped"],
    ["top-up-charged", "Retainer top-up at Northwind Studio: $5,000.00 received"],
  ])("%s", (kind, subject) => {
    expect(plain(letterIn(kind).subject)).toBe(subject);
  });
});

describe("what a letter says", () => {
  const sentence = (kind: string) => letterIn(kind).sentence;

  it("of an invoice: what the retainer paid, and what is left to pay", () => {
    expect(sentence("invoice-partly-drawn")).toBe(
      "$1,800.00 of this invoice is paid from your retainer. " +
        "Please pay the remaining $700.00 by February 2, 2027.",
    );
    expect(sentence("invoice-drawn")).toContain("There is nothing for you to do.");
  });

  it("of an invoice that the retainer covers: what is left on it", () => {
    expect(letterIn("invoice-drawn").rows.at(-1)).toEqual({
      label: "Left on your retainer",
      amount: "$1,800.00",
    });
  });

  it("of a failed payment: that nothing was taken, why, and what comes next", () => {
    expect(sentence("payment-failed")).toBe(
      "The payment did not go through, and you were not charged. Your bank says that there is " +
        "not enough money in the account. We will try again on February 5, 2027.",
    );
  });

  it.each([
    ["insufficient_funds", "noMoney"],
    ["expired_card", "expired"],
    ["authentication_required", "authentication"],
    ["stolen_card", "declined"],
    ["", "declined"],
  ])("of the bank's %s no more than %s", (failure, reason) => {
    expect(reasonOf(failure)).toBe(reason);
  });

  it("of a quote that becomes a retainer: that money is asked for after approval", () => {
    const view = aDocumentView({ kind: "quote", status: "Sent", validUntil: "2027-03-01" });
    const work = quoteSentLetter(view, mailSpeechOf(view), written);
    expect(work.sentence).not.toContain("in advance");
    expect(sentence("quote")).toContain("we ask for this amount in advance");
  });

  it("of one day late: in the singular", () => {
    const view = aDocumentView({ balance: 100 });
    const late = reminderLetter(view, mailSpeechOf(view), { ...written, today: "2027-02-03" });
    expect(late.headline).toBe("$1.00 overdue by 1 day");
  });

  it("of a low retainer: to add money only where that is possible", () => {
    const view = { agency: written.agency, left: 100, mayAdd: false };
    const speech = mailSpeechOf(aDocumentView());
    expect(retainerLowLetter(view, speech, written).button?.label).toBe("Open your portal");
  });
});

describe("the button", () => {
  it("names the sum where it leads to paying, and only there", () => {
    expect(letterIn("invoice-partly-drawn").button?.label).toBe("View and pay $700.00");
    expect(letterIn("invoice-drawn").button?.label).toBe("View and download");
    const offline = letterIn("invoice-partly-drawn", { ...written, paysOnline: false });
    expect(offline.button?.label).toBe("View and download");
  });

  it("is left out for readers without a page", () => {
    const letter = letterIn("invoice-unpaid", { ...written, link: null });
    const { html, text } = renderLetter(letter, written);
    expect(html).not.toContain("<a ");
    expect(text).not.toContain("https:");
  });
});

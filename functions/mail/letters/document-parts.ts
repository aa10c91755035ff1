import { headlineOf, totalsOf } from "../../pdf/document-parts.ts";
import type { TotalRow } from "../../pdf/totals.ts";
import type { DocumentView, Minor } from "../../pdf/view.ts";
import { type Button, buttonTo, type Letter, type LetterContext } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";

export const titleOf = (view: DocumentView, { words }: MailSpeech): string =>
  [words[view.kind], view.number ?? words.stamps.Draft].join(" ");

export const isOpen = ({ balance, status }: DocumentView): boolean =>
  balance > 0 && (status === "Unpaid" || status === "Partial");

export const sumOf = (lines: readonly { readonly amount: Minor }[]): Minor =>
  lines.reduce((sum, { amount }) => sum + amount, 0);

/** The rows and the headline are the paper's own. */
export function documentLetter(
  view: DocumentView,
  speech: MailSpeech,
  context: LetterContext,
): Omit<Letter, "sentence"> {
  const title = titleOf(view, speech);
  const headline = headlineOf(view, speech);
  const { words, mail } = speech;
  const instructions = isOpen(view) ? view.paymentInstructions : undefined;
  return {
    subject: mail.subject(title, view.agency.name, headline),
    ...{ title, headline },
    rows: rowsOf(view, speech),
    button: documentButton(view, speech, context),
    passage: instructions ? { heading: words.howToPay, text: instructions } : null,
    notes: [],
  };
}

/** A total that is also what is to pay needs to be told once. */
function rowsOf(view: DocumentView, speech: MailSpeech): TotalRow[] {
  const rows = totalsOf(view, speech);
  const [total, rest] = rows;
  const isPlain = rows.length === 2 && rest?.weight === "toPay" && total?.amount === rest.amount;
  return isPlain ? rows.slice(1) : rows;
}

/** Nothing that costs money happens on one click without its sum in the button. */
function documentButton(
  view: DocumentView,
  { mail, money }: MailSpeech,
  { link, paysOnline }: LetterContext,
): Button | null {
  if (view.kind === "quote") return buttonTo(link, mail.viewQuote);
  const pays = paysOnline && isOpen(view);
  return buttonTo(link, pays ? mail.viewAndPay(money(view.balance)) : mail.view);
}

export function retainerLeftRow(left: Minor | null, { words, money }: MailSpeech): TotalRow[] {
  return left === null ? [] : [{ label: words.retainerBalance, amount: money(left) }];
}

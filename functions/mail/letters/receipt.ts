import type { TotalRow } from "../../pdf/totals.ts";
import type { ReceiptView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";

/** Money that came: what it paid, what is left of it, what waits on the retainer. */
export function receiptLetter(
  view: ReceiptView,
  speech: MailSpeech,
  { link }: Pick<LetterContext, "link">,
): Letter {
  const { mail, words, money, day } = speech;
  const title = `${words.receipt} ${view.number}`;
  const amount = money(view.amount);
  return {
    ...plainLetter,
    subject: mail.subject(title, view.agency.name, mail.receivedAmount(amount)),
    title,
    headline: words.receivedOn(amount, day(view.date)),
    sentence: sentenceOf(view, speech),
    rows: receiptRows(view, speech),
    button: buttonTo(link, mail.openPortal),
  };
}

function sentenceOf({ amount, unapplied }: ReceiptView, { mail }: MailSpeech): string {
  if (unapplied === 0) return mail.received;
  const waits = unapplied === amount ? mail.retainerFunded : mail.restWaits;
  return `${mail.received} ${waits}`;
}

export function receiptRows(view: ReceiptView, { words, money, day }: MailSpeech): TotalRow[] {
  const received = { label: words.received, note: view.method, amount: money(view.amount) };
  const rows: TotalRow[] = [
    view.retainer
      ? { ...received, label: words.fundedRetainer(view.retainer.number) }
      : { ...received, weight: "strong" },
  ];
  for (const { number, date, amount } of view.paid) {
    rows.push({
      label: `${words.invoice} ${number}`,
      note: day(date, "medium"),
      amount: money(-amount),
    });
  }
  for (const { date, amount } of view.refunds) {
    rows.push({ label: words.refundOn(day(date, "medium")), amount: money(-amount) });
  }
  rows.push({ label: words.unapplied, amount: money(view.unapplied), weight: "toPay" });
  if (view.retainerBalance !== undefined) {
    rows.push({ label: words.retainerBalance, amount: money(view.retainerBalance) });
  }
  return rows;
}

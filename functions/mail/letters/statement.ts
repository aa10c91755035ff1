import type { TotalRow } from "../../pdf/totals.ts";
import type { StatementView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";

export function statementLetter(
  view: StatementView,
  speech: MailSpeech,
  { link }: Pick<LetterContext, "link">,
): Letter {
  const { mail, words, money, days } = speech;
  const range = days(view.from, view.to);
  const { outstanding } = view.closing;
  return {
    ...plainLetter,
    subject: mail.subject(words.statement, view.agency.name, range),
    title: `${words.statement} ${range}`,
    headline: outstanding > 0 ? words.owed(money(outstanding)) : words.nothingOwed,
    sentence: mail.statementNote,
    rows: statementRows(view, speech),
    button: buttonTo(link, mail.openPortal),
    notes: [mail.attached],
  };
}

function statementRows(view: StatementView, { words, money }: MailSpeech): TotalRow[] {
  const { opening, closing } = view;
  const rows: TotalRow[] = [
    { label: words.outstanding, note: words.opening, amount: money(opening.outstanding) },
    {
      label: words.outstanding,
      note: words.closing,
      amount: money(closing.outstanding),
      weight: "toPay",
    },
    { label: words.retainerBalance, amount: money(closing.unapplied) },
  ];
  if (closing.credit > 0) rows.push({ label: words.creditBalance, amount: money(closing.credit) });
  return rows;
}

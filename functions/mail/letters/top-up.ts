import type { DocumentView, Minor, ReceiptView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";
import { documentLetter } from "./document-parts.ts";
import { receiptRows } from "./receipt.ts";

export interface TopUpContext extends LetterContext {
  /** What was left on the retainer when the rule struck. */
  readonly left: Minor;
}

/** The next retainer, and why it comes. */
export function topUpAskedLetter(
  view: DocumentView,
  speech: MailSpeech,
  context: TopUpContext,
): Letter {
  const { mail, money } = speech;
  return {
    ...documentLetter(view, speech, context),
    sentence: mail.topUpAsks(money(context.left)),
  };
}

/** The receipt of a charge that the customer agreed to beforehand. */
export function topUpChargedLetter(
  view: ReceiptView,
  speech: MailSpeech,
  { left, link }: Pick<TopUpContext, "left" | "link">,
): Letter {
  const { mail, words, money, day } = speech;
  const amount = money(view.amount);
  return {
    ...plainLetter,
    subject: mail.subjectAt(mail.topUp, view.agency.name, mail.receivedAmount(amount)),
    title: `${mail.topUp} ${view.number}`,
    headline: words.receivedOn(amount, day(view.date)),
    sentence: mail.topUpCharged(money(left), amount),
    rows: receiptRows(view, speech),
    button: buttonTo(link, mail.openPortal),
  };
}

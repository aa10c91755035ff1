import type { DocumentView, Minor } from "../../pdf/view.ts";
import type { Letter, LetterContext } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";
import { documentLetter, titleOf } from "./document-parts.ts";

export interface LateFeeContext extends LetterContext {
  /** Part of the document's total already. */
  readonly fee: Minor;
}

export function lateFeeLetter(
  view: DocumentView,
  speech: MailSpeech,
  context: LateFeeContext,
): Letter {
  const { mail, words, money, day } = speech;
  const letter = documentLetter(view, speech, context);
  const fee = money(context.fee);
  const headline = words.owed(money(view.balance));
  return {
    ...letter,
    subject: mail.subject(mail.lateFee(titleOf(view, speech)), view.agency.name, headline),
    headline,
    sentence: mail.lateFeeNote(fee, day(view.dueDate ?? view.date)),
    notes: [mail.paidAlready],
  };
}

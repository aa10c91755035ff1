import type { DocumentView } from "../../pdf/view.ts";
import type { Letter, LetterContext } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";
import { documentLetter, titleOf } from "./document-parts.ts";

/** A charge that could not even be tried: no method is saved any more, say. */
export function notChargedLetter(
  view: DocumentView,
  speech: MailSpeech,
  context: LetterContext,
): Letter {
  const { mail, money, words } = speech;
  const headline = words.owed(money(view.balance));
  return {
    ...documentLetter(view, speech, context),
    subject: mail.subject(mail.failedFor(titleOf(view, speech)), view.agency.name, headline),
    headline,
    sentence: `${mail.chargeMissed} ${mail.payAnotherWay}`,
  };
}

import type { Minor, PaperView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";

export interface RetainerLowView extends Pick<PaperView, "agency"> {
  readonly left: Minor;
  /** Whether the reader may add money without being asked. */
  readonly mayAdd: boolean;
}

export function retainerLowLetter(
  view: RetainerLowView,
  speech: MailSpeech,
  { link }: Pick<LetterContext, "link">,
): Letter {
  const { mail, words, money } = speech;
  const left = money(view.left);
  return {
    ...plainLetter,
    subject: mail.subjectAt(mail.retainerLow, view.agency.name, mail.onlyLeft(left)),
    title: mail.retainerLow,
    headline: words.onRetainer(left),
    sentence: view.mayAdd ? mail.lowNote : mail.lowNoteAsked,
    button: buttonTo(link, view.mayAdd ? mail.addToRetainer : mail.openPortal),
  };
}

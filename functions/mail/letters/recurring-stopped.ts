import type { Minor, PaperView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";

export interface RecurringStoppedView extends Pick<PaperView, "agency"> {
  readonly amount: Minor;
  readonly why: "failed" | "ended" | "byStaff";
}

export function recurringStoppedLetter(
  view: RecurringStoppedView,
  speech: MailSpeech,
  { link }: Pick<LetterContext, "link">,
): Letter {
  const { mail, money } = speech;
  const sentences = {
    failed: mail.stoppedFailed,
    ended: mail.stoppedEnded,
    byStaff: mail.stoppedByStaff,
  };
  const headline = mail.stopped(money(view.amount));
  return {
    ...plainLetter,
    subject: mail.subjectAt(mail.recurring, view.agency.name, headline),
    title: mail.recurring,
    headline,
    sentence: sentences[view.why],
    button: buttonTo(link, mail.openPortal),
  };
}

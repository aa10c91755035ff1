import type { PaperView } from "../../pdf/view.ts";
import { buttonTo, type Letter, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";

export interface LogInView extends Pick<PaperView, "agency"> {
  readonly url: string;
  readonly minutes: number;
}

/** The link of a contact or of staff: works once. */
export function logInLetter({ agency, url, minutes }: LogInView, speech: MailSpeech): Letter {
  const { mail } = speech;
  return {
    ...plainLetter,
    subject: mail.logInTo(agency.name),
    title: mail.logInTitle,
    headline: mail.logInHeadline,
    sentence: mail.logInNote(speech.number(String(minutes))),
    button: buttonTo(url, mail.logIn),
    notes: [mail.ignore],
  };
}

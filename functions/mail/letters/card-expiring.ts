import { capitalized } from "../../documents/method-name.ts";
import type { Minor, PaperView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";

export interface CardExpiringView extends Pick<PaperView, "agency"> {
  /** "Visa …4242" */
  readonly card: string;
  readonly month: number;
  readonly year: number;
  /** The charge that it would miss; null: none is planned. */
  readonly next: { readonly amount: Minor; readonly day: string } | null;
}

export function cardExpiringLetter(
  view: CardExpiringView,
  speech: MailSpeech,
  { link }: Pick<LetterContext, "link">,
): Letter {
  const { mail, money, day } = speech;
  const title = mail.card(view.card);
  // As it stands on the card, in every language.
  const month = `${String(view.month).padStart(2, "0")}/${view.year}`;
  const expires = mail.cardExpires(month);
  const { next } = view;
  return {
    ...plainLetter,
    subject: mail.subjectAt(title, view.agency.name, expires),
    title,
    headline: capitalized(expires),
    sentence: mail.cardNote,
    rows: next
      ? [{ label: mail.nextPayment, note: day(next.day, "medium"), amount: money(next.amount) }]
      : [],
    button: buttonTo(link, mail.changeCard),
  };
}

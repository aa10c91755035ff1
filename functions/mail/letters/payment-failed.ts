import { declineKind } from "../../../domain/payments/decline.ts";
import type { DocumentKind, Minor, PaperView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";
import type { MailWords } from "../words/en.ts";

export interface PaymentFailedView extends Pick<PaperView, "agency"> {
  readonly amount: Minor;
  /** Stripe's code. */
  readonly failure: string;
  readonly method: string;
  /** What it was to pay; null for money without a document. */
  readonly document: { readonly kind: DocumentKind; readonly number: string } | null;
  /** The day of the next try; null: there is none. */
  readonly retryOn: string | null;
}

/** Says first what happened to the money: nothing. */
export function paymentFailedLetter(
  view: PaymentFailedView,
  speech: MailSpeech,
  { link, paysOnline }: LetterContext,
): Letter {
  const { mail, words, money, day } = speech;
  const amount = money(view.amount);
  const { document } = view;
  const name = document && `${words[document.kind]} ${document.number}`;
  const title = name === null ? mail.failed : mail.failedFor(name);
  const subject = name === null ? mail.subjectAt : mail.subject;
  const next = view.retryOn === null ? mail.payAnotherWay : mail.tryAgain(day(view.retryOn));
  const reason = mail.reasons[reasonOf(view.failure)];
  return {
    ...plainLetter,
    subject: subject(title, view.agency.name, mail.didNotArrive(amount)),
    title,
    headline: mail.didNotArrive(amount),
    sentence: [mail.notCharged, reason, next].join(" "),
    rows: [{ label: name ?? words.amount, note: view.method, amount, weight: "strong" }],
    button: buttonTo(link, paysOnline ? mail.viewAndPay(amount) : mail.view),
  };
}

/** Banks tell little; a lost or stolen card is not spoken of. */
export function reasonOf(failure: string): keyof MailWords["reasons"] {
  if (failure === "expired_card") return "expired";
  if (failure === "insufficient_funds") return "noMoney";
  return declineKind(failure) === "authentication" ? "authentication" : "declined";
}

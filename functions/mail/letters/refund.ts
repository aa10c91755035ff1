import type { Minor, ReceiptView } from "../../pdf/view.ts";
import { buttonTo, type Letter, type LetterContext, plainLetter } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";
import { receiptRows } from "./receipt.ts";

export interface RefundView {
  readonly receipt: ReceiptView;
  readonly amount: Minor;
  /** Stripe and the bank still carry it. */
  readonly isOnItsWay: boolean;
}

export function refundLetter(
  { receipt, amount, isOnItsWay }: RefundView,
  speech: MailSpeech,
  { link }: Pick<LetterContext, "link">,
): Letter {
  const { mail, money } = speech;
  const title = mail.refund(receipt.number);
  const headline = mail.refundedAmount(money(amount));
  return {
    ...plainLetter,
    subject: mail.subject(title, receipt.agency.name, headline),
    ...{ title, headline },
    sentence: isOnItsWay ? mail.refundOnItsWay : mail.refundDone,
    rows: receiptRows(receipt, speech),
    button: buttonTo(link, mail.openPortal),
  };
}

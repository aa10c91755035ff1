import type { DocumentView, Minor } from "../../pdf/view.ts";
import type { Letter, LetterContext } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";
import { documentLetter, isOpen, retainerLeftRow, sumOf } from "./document-parts.ts";

export interface SentContext extends LetterContext {
  /** What waits on the customer's retainer now; null: there is none to speak of. */
  readonly retainerLeft: Minor | null;
}

/** An invoice, with what the retainer already paid, or a retainer's request for money in advance. */
export function invoiceSentLetter(
  view: DocumentView,
  speech: MailSpeech,
  context: SentContext,
): Letter {
  const letter = documentLetter(view, speech, context);
  const left = view.kind === "invoice" ? context.retainerLeft : null;
  return {
    ...letter,
    sentence: view.kind === "retainer" ? ofRetainer(view, speech) : ofInvoice(view, speech),
    rows: [...letter.rows, ...retainerLeftRow(left, speech)],
  };
}

export function quoteSentLetter(
  view: DocumentView,
  speech: MailSpeech,
  context: LetterContext,
): Letter {
  const { mail, day } = speech;
  const until = mail.quoteSent(day(view.validUntil ?? view.date));
  const sentence = view.retainer ? `${until} ${mail.quoteOfRetainer}` : until;
  return { ...documentLetter(view, speech, context), sentence };
}

function ofRetainer(view: DocumentView, { mail }: MailSpeech): string {
  if (view.status === "Pending") return mail.invoiceOnItsWay;
  return isOpen(view) ? mail.retainerAsks : mail.retainerFunded;
}

function ofInvoice(view: DocumentView, { mail, money, day }: MailSpeech): string {
  const drawn = sumOf(view.retainersDrawn);
  const other = sumOf(view.paymentsReceived) + sumOf(view.creditsApplied);
  if (view.total === 0) return mail.nothingToPay;
  if (view.status === "Pending") return mail.invoiceOnItsWay;
  if (!isOpen(view)) return drawn === view.total ? mail.invoiceDrawn : mail.invoicePaid;
  const until = day(view.dueDate ?? view.date);
  if (drawn + other === 0) return mail.invoiceAsks(until);
  return [
    ...(drawn > 0 ? [mail.paidByRetainer(money(drawn))] : []),
    ...(other > 0 ? [mail.paidBefore(money(other))] : []),
    mail.invoiceAsksRest(money(view.balance), until),
  ].join(" ");
}

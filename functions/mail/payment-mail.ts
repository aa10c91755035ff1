import type { Refund } from "../../domain/payments/payment.ts";
import { receiptPdf } from "../documents/receipt-pdf.ts";
import { type ReceiptSource, receiptView } from "../documents/receipt-view.ts";
import type { Deps } from "../kit/deps.ts";
import { type PaymentFailedView, paymentFailedLetter } from "./letters/payment-failed.ts";
import { receiptLetter } from "./letters/receipt.ts";
import { refundLetter } from "./letters/refund.ts";
import { topUpChargedLetter } from "./letters/top-up.ts";
import { langOf, linkToDocument, linkToPortal, paysOnline } from "./reader.ts";
import type { Mailing } from "./send-mails.ts";
import { mailSpeechOf } from "./speech.ts";

type Words = Pick<Mailing, "write" | "files">;

/** The paper goes along, as with an invoice. */
export function receiptMail(
  deps: Deps,
  source: ReceiptSource,
  topUpLeft: number | null = null,
): Words {
  const { agency, customer } = source;
  const attaches = customer.attachPdf ?? agency.settings.attachPdf;
  return {
    write: async (to) => {
      const view = receiptView(source, langOf(to));
      const link = linkToPortal(deps, agency, to);
      const speech = mailSpeechOf(view);
      const letter =
        topUpLeft === null
          ? receiptLetter(view, speech, { link })
          : topUpChargedLetter(view, speech, { link, left: topUpLeft });
      return { letter, locale: view.locale };
    },
    files: async () => (attaches ? [await receiptPdf(source)] : []),
  };
}

export function refundMail(
  deps: Deps,
  source: ReceiptSource,
  { amount }: Pick<Refund, "amount">,
): Words {
  const { agency, payment } = source;
  return {
    write: async (to) => {
      const receipt = receiptView(source, langOf(to));
      const link = linkToPortal(deps, agency, to);
      const view = { receipt, amount, isOnItsWay: payment.stripe !== null };
      return {
        letter: refundLetter(view, mailSpeechOf(receipt), { link }),
        locale: receipt.locale,
      };
    },
    files: async () => [],
  };
}

export interface FailedPayment {
  readonly source: ReceiptSource;
  readonly failure: string;
  /** The day of the next try; null: there is none. */
  readonly retryOn: string | null;
  /** The document that it was to pay. */
  readonly document: ({ readonly id: string } & NonNullable<PaymentFailedView["document"]>) | null;
}

export function paymentFailedMail(
  deps: Deps,
  { source, failure, retryOn, document }: FailedPayment,
): Words {
  const { agency } = source;
  return {
    write: async (to) => {
      const { agency: sender, amount, method, ...paper } = receiptView(source, langOf(to));
      const link = document
        ? await linkToDocument(deps, { agency, document: document.id }, to)
        : linkToPortal(deps, agency, to);
      const view = { agency: sender, amount, method, failure, document, retryOn };
      const context = { link, paysOnline: document !== null && paysOnline(agency) };
      return {
        letter: paymentFailedLetter(view, mailSpeechOf(paper), context),
        locale: paper.locale,
      };
    },
    files: async () => [],
  };
}

import type { Letter } from "../../../../functions/mail/letter.ts";
import { cardExpiringLetter } from "../../../../functions/mail/letters/card-expiring.ts";
import {
  invoiceSentLetter,
  quoteSentLetter,
} from "../../../../functions/mail/letters/document-sent.ts";
import { lateFeeLetter } from "../../../../functions/mail/letters/late-fee.ts";
import { logInLetter } from "../../../../functions/mail/letters/log-in.ts";
import { paymentFailedLetter } from "../../../../functions/mail/letters/payment-failed.ts";
import { receiptLetter } from "../../../../functions/mail/letters/receipt.ts";
import { recurringStoppedLetter } from "../../../../functions/mail/letters/recurring-stopped.ts";
import { refundLetter } from "../../../../functions/mail/letters/refund.ts";
import { reminderLetter } from "../../../../functions/mail/letters/reminder.ts";
import { retainerLowLetter } from "../../../../functions/mail/letters/retainer-low.ts";
import { statementLetter } from "../../../../functions/mail/letters/statement.ts";
import { topUpAskedLetter, topUpChargedLetter } from "../../../../functions/mail/letters/top-up.ts";
import { type MailSpeech, mailSpeechOf } from "../../../../functions/mail/speech.ts";
import type { AgencyView } from "../../../../functions/pdf/view.ts";
import { aDocumentView, aReceiptView, aStatementView } from "../../../support/pdf-views.ts";

/** One letter of each kind, with figures that can be told apart. */
export const link = "https://drawdown.test/p/northwind/d#token=abc_DEF-123";

export interface Written {
  readonly agency: AgencyView;
  readonly locale: string;
  readonly link: string | null;
  readonly paysOnline: boolean;
}

const base = aDocumentView();
export const written: Written = {
  agency: base.agency,
  locale: "en-US",
  link,
  paysOnline: true,
};

const retainersDrawn = [
  { number: "RET-0001", date: "2027-01-05", amount: 150_000 },
  { number: "RET-0002", date: "2027-01-12", amount: 30_000 },
];

export const lettersBy: Readonly<Record<string, (by: Written, speech: MailSpeech) => Letter>> = {
  "invoice-partly-drawn": (by, speech) =>
    invoiceSentLetter(aPartlyDrawn(by), speech, { ...by, retainerLeft: 0 }),
  "invoice-drawn": (by, speech) => {
    const drawn = [{ number: "RET-0001", date: "2027-01-05", amount: 320_000 }];
    const sums = { subTotal: 320_000, total: 320_000, balance: 0, retainersDrawn: drawn };
    const view = document(by, { ...sums, number: "INV-0001", status: "Paid" });
    return invoiceSentLetter(view, speech, { ...by, retainerLeft: 180_000 });
  },
  "invoice-unpaid": (by, speech) =>
    invoiceSentLetter(
      document(by, { paymentInstructions: "Northwind Studio\nIBAN DE02 1203 0000 0000 2020 51" }),
      speech,
      { ...by, paysOnline: false, retainerLeft: null },
    ),
  retainer: (by, speech) =>
    invoiceSentLetter(document(by, aRetainer), speech, { ...by, retainerLeft: null }),
  quote: (by, speech) => {
    const { retainer, ...sums } = aRetainer;
    const view = document(by, { ...sums, kind: "quote", number: "QUO-0001", status: "Sent" });
    return quoteSentLetter({ ...view, validUntil: "2027-03-01", retainer }, speech, by);
  },
  receipt: (by, speech) => receiptLetter(receipt(by), speech, by),
  "receipt-of-retainer": (by, speech) => receiptLetter(retainerReceipt(by), speech, by),
  "payment-failed": (by, speech) =>
    paymentFailedLetter(
      {
        ...{ agency: by.agency, amount: 70_000, method: "Visa …4242" },
        failure: "insufficient_funds",
        document: { kind: "invoice", number: "INV-0002" },
        retryOn: "2027-02-05",
      },
      speech,
      by,
    ),
  refund: (by, speech) => {
    const refunds = [{ date: "2027-01-20", amount: 40_000 }];
    const view = { ...receipt(by), refunds, unapplied: 210_000, retainerBalance: 250_000 };
    return refundLetter({ receipt: view, amount: 40_000, isOnItsWay: true }, speech, by);
  },
  "log-in": (by, speech) => logInLetter({ agency: by.agency, url: link, minutes: 15 }, speech),
  statement: (by, speech) => {
    const closing = { outstanding: 70_000, unapplied: 180_000, credit: 5_000 };
    return statementLetter({ ...aStatementView({ closing }), agency: by.agency }, speech, by);
  },
  "retainer-low": (by, speech) =>
    retainerLowLetter({ agency: by.agency, left: 50_000, mayAdd: true }, speech, by),
  "top-up-asked": (by, speech) =>
    topUpAskedLetter(document(by, { ...aRetainer, number: "RET-0002" }), speech, {
      ...by,
      left: 12_345,
    }),
  "top-up-charged": (by, speech) =>
    topUpChargedLetter(retainerReceipt(by), speech, { ...by, left: 12_345 }),
  "reminder-before": (by, speech) =>
    reminderLetter(aPartlyDrawn(by), speech, { ...by, today: "2027-01-30" }),
  "reminder-after": (by, speech) =>
    reminderLetter(aPartlyDrawn(by), speech, { ...by, today: "2027-02-05" }),
  "late-fee": (by, speech) => {
    const extraCharges = [{ name: "Late fee", amount: 2_500 }];
    const view = document(by, { extraCharges, total: 12_500, balance: 12_500 });
    return lateFeeLetter(view, speech, { ...by, fee: 2_500 });
  },
  "card-expiring": (by, speech) =>
    cardExpiringLetter(
      {
        ...{ agency: by.agency, card: "Visa …4242", month: 3, year: 2027 },
        next: { amount: 500_000, day: "2027-04-01" },
      },
      speech,
      by,
    ),
  "recurring-stopped": (by, speech) =>
    recurringStoppedLetter({ agency: by.agency, amount: 500_000, why: "failed" }, speech, by),
};

const aRetainer = {
  kind: "retainer",
  number: "RET-0001",
  subTotal: 500_000,
  total: 500_000,
  balance: 500_000,
  retainer: { funded: 0, drawn: 0, refunded: 0, remaining: 0 },
} as const;

function document({ agency, locale }: Written, over: Parameters<typeof aDocumentView>[0]) {
  return aDocumentView({ agency, locale, ...over });
}

const aPartlyDrawn = (by: Written) =>
  document(by, {
    status: "Partial",
    subTotal: 250_000,
    total: 250_000,
    balance: 70_000,
    retainersDrawn,
  });

const receipt = ({ agency, locale }: Written) =>
  aReceiptView({
    ...{ agency, locale, retainerBalance: 290_000, unapplied: 250_000 },
    paid: [
      { number: "INV-0002", date: "2027-01-19", amount: 70_000 },
      { number: "INV-0003", date: "2027-01-21", amount: 180_000 },
    ],
  });

const retainerReceipt = ({ agency, locale }: Written) =>
  aReceiptView({
    ...{ agency, locale, unapplied: 500_000, retainerBalance: 512_345 },
    retainer: { number: "RET-0002" },
  });

export const letterIn = (kind: string, by: Written = written): Letter => {
  const write = lettersBy[kind];
  if (!write) throw new Error(`there is no letter ${kind}`);
  return write(by, mailSpeechOf({ ...base, ...by }));
};

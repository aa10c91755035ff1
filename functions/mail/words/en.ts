import { lowered } from "./lowered.ts";

/** English is the measure: the other languages say the same, or they don't compile. */
export const en = {
  subject: (thing: string, agency: string, says: string) => `${thing} from ${agency}: ${says}`,
  subjectAt: (thing: string, agency: string, says: string) => `${thing} at ${agency}: ${says}`,

  invoiceAsks: (day: string) => `Here is our invoice. Please pay it by ${day}.`,
  invoiceAsksRest: (left: string, day: string) => `Please pay the remaining ${left} by ${day}.`,
  paidByRetainer: (amount: string) => `${amount} of this invoice is paid from your retainer.`,
  paidBefore: (amount: string) => `${amount} of this invoice is paid already.`,
  invoiceDrawn: "This invoice is paid from your retainer. There is nothing for you to do.",
  invoicePaid: "This invoice is paid. There is nothing for you to do.",
  invoiceOnItsWay: "Your payment is on its way. There is nothing for you to do.",
  nothingToPay: "There is nothing to pay.",
  retainerAsks:
    "We ask for this amount in advance: it waits on your retainer, and the invoices for our " +
    "work are paid from it.",
  retainerFunded: "It waits on your retainer, and the invoices for our work are paid from it.",
  quoteSent: (day: string) => `Here is our quote. You can approve or decline it until ${day}.`,
  quoteOfRetainer: "Once you approve, we ask for this amount in advance.",

  received: "Thank you, your payment has arrived.",
  restWaits: "What is left of it waits on your retainer for the next invoice.",
  receivedAmount: (amount: string) => `${amount} received`,

  failed: "Failed payment",
  failedFor: (document: string) => `Failed payment for ${lowered(document)}`,
  didNotArrive: (amount: string) => `${amount} was not paid`,
  notCharged: "The payment did not go through, and you were not charged.",
  tryAgain: (day: string) => `We will try again on ${day}.`,
  payAnotherWay: "Please pay another way.",
  reasons: {
    declined: "Your bank declined it.",
    noMoney: "Your bank says that there is not enough money in the account.",
    expired: "The card has expired.",
    authentication: "Your bank asks you to confirm it.",
  },

  refund: (payment: string) => `Refund of payment ${payment}`,
  refundedAmount: (amount: string) => `${amount} refunded`,
  refundOnItsWay: "The money is on its way back to you. Banks take 5 to 10 days to show it.",
  refundDone: "We have given this money back to you.",
  thisRefund: "This refund",
  payment: (number: string) => `Payment ${number}`,

  logInTo: (agency: string) => `Your log-in link for ${agency}`,
  logInTitle: "Your client portal",
  logInHeadline: "Log in with one click",
  logInNote: (minutes: string) =>
    `The link works once, and for ${minutes} minutes. Nobody else should get it.`,
  ignore: "If you did not ask for it, you can ignore this mail.",

  statementNote: "Here is what happened on your account in this time.",

  retainerLow: "Retainer",
  onlyLeft: (amount: string) => `${amount} left`,
  lowNote: "Your retainer is running low. You can add to it at any time.",
  lowNoteAsked: "Your retainer is running low. We will ask you when it is time to add to it.",

  topUpAsks: (left: string) =>
    `Your retainer is down to ${left}, so we ask for this amount in advance for the work to come.`,
  topUpCharged: (left: string, amount: string) =>
    `Your retainer was down to ${left}, so we charged ${amount} as agreed.`,
  topUp: "Retainer top-up",

  reminder: (document: string) => `Reminder of ${lowered(document)}`,
  dueSoon: (day: string) => `This is a friendly reminder: please pay by ${day}.`,
  overdue: (day: string) => `This was due on ${day}. Please pay it now.`,
  paidAlready: "If you have paid meanwhile, thank you: please ignore this mail.",
  overdueAmount: (amount: string, days: string) => `${amount} overdue by ${days}`,
  days: (count: number, text: string) => (count === 1 ? `${text} day` : `${text} days`),

  lateFee: (document: string) => `Late fee on ${lowered(document)}`,
  lateFeeNote: (fee: string, day: string) =>
    `This was due on ${day}, so a late fee of ${fee} was added.`,

  card: (name: string) => `Card ${name}`,
  cardExpires: (month: string) => `expires ${month}`,
  cardNote: "Please save another card before then, so that your payments go through.",
  nextPayment: "Next payment",

  chargeMissed: "We could not charge your saved payment method.",

  recurring: "Recurring payment",
  stopped: (amount: string) => `${amount} stopped`,
  stoppedFailed: "Your payment method failed several times, so we stopped charging it.",
  stoppedEnded: "All payments that you agreed to are made. Thank you.",
  stoppedByStaff: "We have stopped it. You will not be charged again.",

  viewAndPay: (amount: string) => `View and pay ${amount}`,
  view: "View and download",
  viewQuote: "Read and approve",
  logIn: "Log in",
  openPortal: "Open your portal",
  addToRetainer: "Add to your retainer",
  changeCard: "Change the card",
  attached: "The document is attached as PDF.",
};

export type MailWords = typeof en;

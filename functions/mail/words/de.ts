import type { MailWords } from "./en.ts";

export const de: MailWords = {
  subject: (thing, agency, says) => `${thing} von ${agency}: ${says}`,
  subjectAt: (thing, agency, says) => `${thing} bei ${agency}: ${says}`,

  invoiceAsks: (day) => `Hier ist unsere Rechnung. Bitte zahlen Sie sie bis zum ${day}.`,
  invoiceAsksRest: (left, day) => `Bitte zahlen Sie die restlichen ${left} bis zum ${day}.`,
  paidByRetainer: (amount) => `${amount} dieser Rechnung sind aus Ihrem Vorschuss bezahlt.`,
  paidBefore: (amount) => `${amount} dieser Rechnung sind schon bezahlt.`,
  invoiceDrawn: "Diese Rechnung ist aus Ihrem Vorschuss bezahlt. Sie müssen nichts weiter tun.",
  invoicePaid: "Diese Rechnung ist bezahlt. Sie müssen nichts weiter tun.",
  invoiceOnItsWay: "Ihre Zahlung ist unterwegs. Sie müssen nichts weiter tun.",
  nothingToPay: "Es ist nichts zu zahlen.",
  retainerAsks:
    "Wir bitten um diesen Betrag im Voraus: Er bleibt als Ihr Vorschuss stehen, und unsere " +
    "Rechnungen werden daraus bezahlt.",
  retainerFunded:
    "Das Geld bleibt als Ihr Vorschuss stehen, und unsere Rechnungen werden daraus bezahlt.",
  quoteSent: (day) =>
    `Hier ist unser Angebot. Sie können es bis zum ${day} annehmen oder ablehnen.`,
  quoteOfRetainer: "Sobald Sie zustimmen, bitten wir um diesen Betrag im Voraus.",

  received: "Vielen Dank, Ihre Zahlung ist angekommen.",
  restWaits: "Was davon übrig ist, wartet als Vorschuss auf die nächste Rechnung.",
  receivedAmount: (amount) => `${amount} erhalten`,

  failed: "Fehlgeschlagene Zahlung",
  failedFor: (document) => `Fehlgeschlagene Zahlung für ${document}`,
  didNotArrive: (amount) => `${amount} nicht bezahlt`,
  notCharged: "Die Zahlung ist fehlgeschlagen, und Ihnen wurde nichts abgebucht.",
  tryAgain: (day) => `Wir versuchen es am ${day} noch einmal.`,
  payAnotherWay: "Bitte zahlen Sie auf einem anderen Weg.",
  reasons: {
    declined: "Ihre Bank hat sie abgelehnt.",
    noMoney: "Laut Ihrer Bank ist nicht genug Geld auf dem Konto.",
    expired: "Die Karte ist abgelaufen.",
    authentication: "Ihre Bank bittet Sie, sie zu bestätigen.",
  },

  refund: (payment) => `Erstattung der Zahlung ${payment}`,
  refundedAmount: (amount) => `${amount} erstattet`,
  refundOnItsWay:
    "Das Geld ist auf dem Weg zurück zu Ihnen. Bis die Bank es zeigt, vergehen 5 bis 10 Tage.",
  refundDone: "Wir haben Ihnen dieses Geld zurückgegeben.",
  thisRefund: "Diese Erstattung",
  payment: (number) => `Zahlung ${number}`,

  logInTo: (agency) => `Ihr Link zur Anmeldung bei ${agency}`,
  logInTitle: "Ihr Kundenportal",
  logInHeadline: "Mit einem Klick anmelden",
  logInNote: (minutes) =>
    `Der Link gilt einmal und für ${minutes} Minuten. Bitte geben Sie ihn nicht weiter.`,
  ignore: "Wenn Sie ihn nicht angefordert haben, können Sie diese Mail ignorieren.",

  statementNote: "Das ist in dieser Zeit auf Ihrem Konto geschehen.",

  retainerLow: "Vorschuss",
  onlyLeft: (amount) => `noch ${amount}`,
  lowNote: "Ihr Vorschuss geht zur Neige. Sie können ihn jederzeit auffüllen.",
  lowNoteAsked:
    "Ihr Vorschuss geht zur Neige. Wir melden uns, sobald es Zeit ist, ihn aufzufüllen.",

  topUpAsks: (left) =>
    `Auf Ihrem Vorschuss sind noch ${left}, deshalb bitten wir für die kommende Arbeit um ` +
    "diesen Betrag im Voraus.",
  topUpCharged: (left, amount) =>
    `Auf Ihrem Vorschuss waren noch ${left}, deshalb haben wir wie vereinbart ${amount} abgebucht.`,
  topUp: "Auffüllung des Vorschusses",

  reminder: (document) => `Erinnerung an ${document}`,
  dueSoon: (day) => `Eine freundliche Erinnerung: Bitte zahlen Sie bis zum ${day}.`,
  overdue: (day) => `Der Betrag war am ${day} fällig. Bitte zahlen Sie ihn jetzt.`,
  paidAlready: "Falls Sie inzwischen gezahlt haben: vielen Dank, diese Mail ist dann erledigt.",
  overdueAmount: (amount, days) => `${amount} seit ${days} überfällig`,
  days: (count, text) => (count === 1 ? `${text} Tag` : `${text} Tagen`),

  lateFee: (document) => `Mahngebühr zu ${document}`,
  lateFeeNote: (fee, day) =>
    `Der Betrag war am ${day} fällig, deshalb kam eine Mahngebühr von ${fee} hinzu.`,

  card: (name) => `Karte ${name}`,
  cardExpires: (month) => `läuft ${month} ab`,
  cardNote: "Bitte hinterlegen Sie vorher eine andere Karte, damit Ihre Zahlungen ankommen.",
  nextPayment: "Nächste Zahlung",

  chargeMissed: "Wir konnten Ihre gespeicherte Zahlungsart nicht belasten.",

  recurring: "Wiederkehrende Zahlung",
  stopped: (amount) => `${amount} beendet`,
  stoppedFailed:
    "Ihre Zahlungsart hat mehrmals nicht funktioniert, deshalb buchen wir nicht mehr ab.",
  stoppedEnded: "Alle vereinbarten Zahlungen sind erfolgt. Vielen Dank.",
  stoppedByStaff: "Wir haben sie beendet. Es wird nichts mehr abgebucht.",

  viewAndPay: (amount) => `Ansehen und ${amount} zahlen`,
  view: "Ansehen und herunterladen",
  viewQuote: "Lesen und annehmen",
  logIn: "Anmelden",
  openPortal: "Ihr Portal öffnen",
  addToRetainer: "Vorschuss auffüllen",
  changeCard: "Karte ändern",
  attached: "Das Dokument liegt als PDF bei.",
};

import type { MailWords } from "./en.ts";
import { lowered } from "./lowered.ts";

export const fr: MailWords = {
  subject: (thing, agency, says) => `${thing} de ${agency} : ${says}`,
  subjectAt: (thing, agency, says) => `${thing} chez ${agency} : ${says}`,

  invoiceAsks: (day) => `Voici notre facture. Merci de la payer au plus tard le ${day}.`,
  invoiceAsksRest: (left, day) => `Merci de payer le reste, ${left}, au plus tard le ${day}.`,
  paidByRetainer: (amount) => `${amount} de cette facture sont payés par votre provision.`,
  paidBefore: (amount) => `${amount} de cette facture sont déjà payés.`,
  invoiceDrawn: "Cette facture est payée par votre provision. Vous n’avez rien à faire.",
  invoicePaid: "Cette facture est payée. Vous n’avez rien à faire.",
  invoiceOnItsWay: "Votre paiement est en cours. Vous n’avez rien à faire.",
  nothingToPay: "Il n’y a rien à payer.",
  retainerAsks:
    "Nous demandons ce montant d’avance : il reste sur votre provision, et nos factures sont " +
    "payées par elle.",
  retainerFunded: "L’argent reste sur votre provision, et nos factures sont payées par elle.",
  quoteSent: (day) => `Voici notre devis. Vous pouvez l’accepter ou le refuser jusqu’au ${day}.`,
  quoteOfRetainer: "Une fois le devis accepté, nous demandons ce montant d’avance.",

  received: "Merci, votre paiement est arrivé.",
  restWaits: "Ce qu’il en reste attend la prochaine facture sur votre provision.",
  receivedAmount: (amount) => `${amount} reçus`,

  failed: "Paiement échoué",
  failedFor: (document) => `Paiement échoué pour ${lowered(document)}`,
  didNotArrive: (amount) => `${amount} non payés`,
  notCharged: "Le paiement n’a pas abouti, et rien n’a été débité.",
  tryAgain: (day) => `Nous réessaierons le ${day}.`,
  payAnotherWay: "Merci de payer autrement.",
  reasons: {
    declined: "Votre banque l’a refusé.",
    noMoney: "Selon votre banque, il n’y a pas assez d’argent sur le compte.",
    expired: "La carte a expiré.",
    authentication: "Votre banque vous demande de le confirmer.",
  },

  refund: (payment) => `Remboursement du paiement ${payment}`,
  refundedAmount: (amount) => `${amount} remboursés`,
  refundOnItsWay: "L’argent vous revient. Les banques mettent 5 à 10 jours à l’afficher.",
  refundDone: "Nous vous avons rendu cet argent.",
  thisRefund: "Ce remboursement",
  payment: (number) => `Paiement ${number}`,

  logInTo: (agency) => `Votre lien de connexion à ${agency}`,
  logInTitle: "Votre espace client",
  logInHeadline: "Connectez-vous en un clic",
  logInNote: (minutes) =>
    `Le lien marche une seule fois, pendant ${minutes} minutes. Ne le donnez à personne.`,
  ignore: "Si vous ne l’avez pas demandé, vous pouvez ignorer ce message.",

  statementNote: "Voici ce qui s’est passé sur votre compte pendant ce temps.",

  retainerLow: "Provision",
  onlyLeft: (amount) => `il reste ${amount}`,
  lowNote: "Votre provision s’épuise. Vous pouvez la compléter à tout moment.",
  lowNoteAsked: "Votre provision s’épuise. Nous vous écrirons quand il faudra la compléter.",

  topUpAsks: (left) =>
    `Il reste ${left} sur votre provision ; nous demandons donc ce montant d’avance pour le ` +
    "travail à venir.",
  topUpCharged: (left, amount) =>
    `Il restait ${left} sur votre provision ; nous avons donc débité ${amount} comme convenu.`,
  topUp: "Complément de provision",

  reminder: (document) => `Rappel, ${lowered(document)}`,
  dueSoon: (day) => `Un simple rappel : merci de payer au plus tard le ${day}.`,
  overdue: (day) => `Le paiement était attendu le ${day}. Merci de payer maintenant.`,
  paidAlready: "Si vous avez payé entre-temps, merci, et ne tenez pas compte de ce message.",
  overdueAmount: (amount, days) => `${amount} en retard de ${days}`,
  days: (count, text) => (count === 1 ? `${text} jour` : `${text} jours`),

  lateFee: (document) => `Frais de retard, ${lowered(document)}`,
  lateFeeNote: (fee, day) =>
    `Le paiement était attendu le ${day} ; des frais de retard de ${fee} ont été ajoutés.`,

  card: (name) => `Carte ${name}`,
  cardExpires: (month) => `expire ${month}`,
  cardNote: "Merci d’enregistrer une autre carte avant, afin que vos paiements aboutissent.",
  nextPayment: "Prochain paiement",

  chargeMissed: "Nous n’avons pas pu débiter le moyen de paiement enregistré.",

  recurring: "Paiement récurrent",
  stopped: (amount) => `${amount} arrêté`,
  stoppedFailed:
    "Votre moyen de paiement a échoué plusieurs fois ; nous avons arrêté de le débiter.",
  stoppedEnded: "Tous les paiements convenus sont faits. Merci.",
  stoppedByStaff: "Nous l’avons arrêté. Rien ne sera plus débité.",

  viewAndPay: (amount) => `Voir et payer ${amount}`,
  view: "Voir et télécharger",
  viewQuote: "Lire et accepter",
  logIn: "Se connecter",
  openPortal: "Ouvrir votre espace",
  addToRetainer: "Compléter la provision",
  changeCard: "Changer de carte",
  attached: "Le document est joint en PDF.",
};

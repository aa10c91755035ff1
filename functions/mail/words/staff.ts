/** What staff are told, with the customer's name in it. The other languages say the same. */
const en = {
  chargeFailed: (customer: string) => `A charge to ${customer} failed`,
  chargeFailedNote: (what: string, next: string) => `${what} was not paid. ${next}`,
  tryAgain: (day: string) => `It is tried again on ${day}.`,
  noMoreTries: "It is not tried again by itself.",
  notCharged: (customer: string) => `${customer} could not be charged`,
  notChargedNote: "The charge was not even tried. The reason stands with the schedule.",
  paused: (customer: string) => `A schedule of ${customer} was paused`,
  pausedNote: "It goes on when you resume it; you choose whether missed days are made up for.",
  low: (customer: string) => `The retainer of ${customer} is low`,
  lowNote: (left: string) => `${left} is left.`,
  toppedUp: (customer: string) => `Top-up for ${customer}`,
  askedNote: (left: string) => `${left} was left, so the next retainer was asked for.`,
  chargedNote: (left: string) => `${left} was left, so the next retainer is charged.`,
  unexpected: (customer: string) => `Unexpected money from ${customer}`,
  unexpectedNote: "A payment came that its document could not take. It waits unapplied.",
  disputed: (customer: string) => `${customer} disputes a payment`,
  disputedNote: "Nothing of it can be used until the dispute is decided. Answer it in Stripe.",
};
export type StaffWords = typeof en;

const de: StaffWords = {
  chargeFailed: (customer) => `Eine Abbuchung bei ${customer} ist fehlgeschlagen`,
  chargeFailedNote: (what, next) => `${what} wurde nicht bezahlt. ${next}`,
  tryAgain: (day) => `Der nächste Versuch ist am ${day}.`,
  noMoreTries: "Es wird nicht von selbst wieder versucht.",
  notCharged: (customer) => `${customer} konnte nicht belastet werden`,
  notChargedNote: "Die Abbuchung wurde gar nicht versucht. Der Grund steht beim Zeitplan.",
  paused: (customer) => `Ein Zeitplan von ${customer} wurde angehalten`,
  pausedNote:
    "Er läuft weiter, wenn Sie ihn fortsetzen; ob Versäumtes nachgeholt wird, wählen Sie.",
  low: (customer) => `Das Guthaben von ${customer} geht zur Neige`,
  lowNote: (left) => `Es sind noch ${left} da.`,
  toppedUp: (customer) => `Aufladung für ${customer}`,
  askedNote: (left) => `Es waren noch ${left} da, also wurde der nächste Vorschuss erbeten.`,
  chargedNote: (left) => `Es waren noch ${left} da, also wird der nächste Vorschuss abgebucht.`,
  unexpected: (customer) => `Unerwartetes Geld von ${customer}`,
  unexpectedNote:
    "Eine Zahlung kam, die ihr Beleg nicht aufnehmen konnte. Sie wartet als Guthaben.",
  disputed: (customer) => `${customer} bestreitet eine Zahlung`,
  disputedNote: "Sie ist gesperrt, bis darüber entschieden ist. Antworten Sie in Stripe.",
};

const es: StaffWords = {
  chargeFailed: (customer) => `Ha fallado un cobro a ${customer}`,
  chargeFailedNote: (what, next) => `${what} no se ha pagado. ${next}`,
  tryAgain: (day) => `Se intentará de nuevo el ${day}.`,
  noMoreTries: "No se intentará de nuevo por sí solo.",
  notCharged: (customer) => `No se ha podido cobrar a ${customer}`,
  notChargedNote: "El cobro ni siquiera se intentó. El motivo figura en el plan.",
  paused: (customer) => `Se ha pausado un plan de ${customer}`,
  pausedNote: "Seguirá cuando lo reanude; usted elige si se recupera lo omitido.",
  low: (customer) => `Queda poco saldo de ${customer}`,
  lowNote: (left) => `Quedan ${left}.`,
  toppedUp: (customer) => `Recarga para ${customer}`,
  askedNote: (left) => `Quedaban ${left}, así que se ha pedido el siguiente anticipo.`,
  chargedNote: (left) => `Quedaban ${left}, así que se cobra el siguiente anticipo.`,
  unexpected: (customer) => `Dinero inesperado de ${customer}`,
  unexpectedNote: "Llegó un pago que su documento no pudo tomar. Espera sin aplicar.",
  disputed: (customer) => `${customer} disputa un pago`,
  disputedNote: "No se puede usar hasta que se decida. Responda en Stripe.",
};

const fr: StaffWords = {
  chargeFailed: (customer) => `Un débit chez ${customer} a échoué`,
  chargeFailedNote: (what, next) => `${what} n’a pas été payé. ${next}`,
  tryAgain: (day) => `Nouvel essai le ${day}.`,
  noMoreTries: "Il n’y aura pas de nouvel essai automatique.",
  notCharged: (customer) => `${customer} n’a pas pu être débité`,
  notChargedNote: "Le débit n’a même pas été essayé. La raison figure dans l’échéancier.",
  paused: (customer) => `Un échéancier de ${customer} a été suspendu`,
  pausedNote: "Il reprendra quand vous le déciderez, avec ou sans les jours manqués.",
  low: (customer) => `L’acompte de ${customer} est presque épuisé`,
  lowNote: (left) => `Il reste ${left}.`,
  toppedUp: (customer) => `Réapprovisionnement pour ${customer}`,
  askedNote: (left) => `Il restait ${left} : le prochain acompte a été demandé.`,
  chargedNote: (left) => `Il restait ${left} : le prochain acompte est débité.`,
  unexpected: (customer) => `Argent inattendu de ${customer}`,
  unexpectedNote:
    "Un paiement est arrivé que son document ne pouvait prendre. Il reste en attente.",
  disputed: (customer) => `${customer} conteste un paiement`,
  disputedNote: "Il est bloqué jusqu’à la décision. Répondez dans Stripe.",
};

const languages: Readonly<Record<string, StaffWords>> = { de, en, es, fr };

export const staffWordsOf = (locale: string): StaffWords =>
  languages[new Intl.Locale(locale).language] ?? en;

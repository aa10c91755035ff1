import type { MailWords } from "./en.ts";
import { lowered } from "./lowered.ts";

export const es: MailWords = {
  subject: (thing, agency, says) => `${thing} de ${agency}: ${says}`,
  subjectAt: (thing, agency, says) => `${thing} en ${agency}: ${says}`,

  invoiceAsks: (day) => `Esta es nuestra factura. Le rogamos que la pague hasta el ${day}.`,
  invoiceAsksRest: (left, day) => `Le rogamos que pague el resto, ${left}, hasta el ${day}.`,
  paidByRetainer: (amount) => `${amount} de esta factura están pagados con su anticipo.`,
  paidBefore: (amount) => `${amount} de esta factura ya están pagados.`,
  invoiceDrawn: "Esta factura está pagada con su anticipo. No tiene que hacer nada.",
  invoicePaid: "Esta factura está pagada. No tiene que hacer nada.",
  invoiceOnItsWay: "Su pago está en camino. No tiene que hacer nada.",
  nothingToPay: "No hay nada que pagar.",
  retainerAsks:
    "Pedimos este importe por adelantado: queda en su anticipo, y nuestras facturas se pagan " +
    "con él.",
  retainerFunded: "El dinero queda en su anticipo, y nuestras facturas se pagan con él.",
  quoteSent: (day) => `Este es nuestro presupuesto. Puede aprobarlo o rechazarlo hasta el ${day}.`,
  quoteOfRetainer: "Cuando lo apruebe, pediremos este importe por adelantado.",

  received: "Gracias, su pago ha llegado.",
  restWaits: "Lo que queda espera en su anticipo la próxima factura.",
  receivedAmount: (amount) => `${amount} recibidos`,

  failed: "Pago fallido",
  failedFor: (document) => `Pago fallido de ${lowered(document)}`,
  didNotArrive: (amount) => `${amount} sin pagar`,
  notCharged: "El pago no se completó, y no se le cobró nada.",
  tryAgain: (day) => `Lo intentaremos de nuevo el ${day}.`,
  payAnotherWay: "Le rogamos que pague de otra forma.",
  reasons: {
    declined: "Su banco lo rechazó.",
    noMoney: "Según su banco, no hay suficiente dinero en la cuenta.",
    expired: "La tarjeta ha caducado.",
    authentication: "Su banco le pide que lo confirme.",
  },

  refund: (payment) => `Reembolso del pago ${payment}`,
  refundedAmount: (amount) => `${amount} reembolsados`,
  refundOnItsWay:
    "El dinero está en camino de vuelta. Los bancos tardan de 5 a 10 días en mostrarlo.",
  refundDone: "Le hemos devuelto este dinero.",
  thisRefund: "Este reembolso",
  payment: (number) => `Pago ${number}`,

  logInTo: (agency) => `Su enlace para entrar en ${agency}`,
  logInTitle: "Su portal de cliente",
  logInHeadline: "Entre con un clic",
  logInNote: (minutes) =>
    `El enlace funciona una sola vez y durante ${minutes} minutos. No se lo dé a nadie.`,
  ignore: "Si no lo ha pedido, puede ignorar este mensaje.",

  statementNote: "Esto es lo que pasó en su cuenta en este tiempo.",

  retainerLow: "Anticipo",
  onlyLeft: (amount) => `quedan ${amount}`,
  lowNote: "Su anticipo se está agotando. Puede ampliarlo cuando quiera.",
  lowNoteAsked: "Su anticipo se está agotando. Le avisaremos cuando haya que ampliarlo.",

  topUpAsks: (left) =>
    `En su anticipo quedan ${left}, por eso pedimos este importe por adelantado para el ` +
    "trabajo que viene.",
  topUpCharged: (left, amount) =>
    `En su anticipo quedaban ${left}, por eso cobramos ${amount} según lo acordado.`,
  topUp: "Ampliación del anticipo",

  reminder: (document) => `Recordatorio, ${lowered(document)}`,
  dueSoon: (day) => `Un recordatorio amable: le rogamos que pague hasta el ${day}.`,
  overdue: (day) => `El pago vencía el ${day}. Le rogamos que pague ahora.`,
  paidAlready: "Si ha pagado entretanto, gracias: ignore este mensaje.",
  overdueAmount: (amount, days) => `${amount} con ${days} de retraso`,
  days: (count, text) => (count === 1 ? `${text} día` : `${text} días`),

  lateFee: (document) => `Recargo por demora, ${lowered(document)}`,
  lateFeeNote: (fee, day) =>
    `El pago vencía el ${day}, por eso se añadió un recargo por demora de ${fee}.`,

  card: (name) => `Tarjeta ${name}`,
  cardExpires: (month) => `caduca ${month}`,
  cardNote: "Guarde otra tarjeta antes, para que sus pagos se completen.",
  nextPayment: "Próximo pago",

  chargeMissed: "No hemos podido cobrar con el medio de pago guardado.",

  recurring: "Pago recurrente",
  stopped: (amount) => `${amount} detenido`,
  stoppedFailed: "Su forma de pago falló varias veces, por eso dejamos de cobrar.",
  stoppedEnded: "Todos los pagos acordados están hechos. Gracias.",
  stoppedByStaff: "Lo hemos detenido. No se le cobrará más.",

  viewAndPay: (amount) => `Ver y pagar ${amount}`,
  view: "Ver y descargar",
  viewQuote: "Leer y aprobar",
  logIn: "Entrar",
  openPortal: "Abrir su portal",
  addToRetainer: "Ampliar el anticipo",
  changeCard: "Cambiar la tarjeta",
  attached: "El documento va adjunto en PDF.",
};

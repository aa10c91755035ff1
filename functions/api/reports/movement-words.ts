/** What happened, in a customer's words. The other languages have the same ones, or don't compile. */
const en = {
  "invoice.issued": "Invoice",
  "invoice.updated": "Invoice changed",
  "invoice.canceled": "Invoice canceled",
  "invoice.late-fee": "Late fee",
  "payment.received": "Payment received",
  "payment.applied": "Paid from what was on your account",
  "payment.unapplied": "Payment taken off the invoice",
  "payment.refunded": "Refund",
  "payment.refund-failed": "Refund came back",
  "payment.voided": "Payment entry taken back",
  "payment.disputed": "Disputed payment given back",
  "credit.issued": "Credit",
  "credit.applied": "Paid by credit",
  "credit.unapplied": "Credit taken off the invoice",
  "credit.voided": "Credit taken back",
  "credit.expired": "Credit expired",
  other: "Correction",
};
type Words = Record<keyof typeof en, string>;

const de: Words = {
  "invoice.issued": "Rechnung",
  "invoice.updated": "Rechnung geändert",
  "invoice.canceled": "Rechnung storniert",
  "invoice.late-fee": "Mahngebühr",
  "payment.received": "Zahlung erhalten",
  "payment.applied": "Aus Ihrem Guthaben bezahlt",
  "payment.unapplied": "Zahlung von der Rechnung genommen",
  "payment.refunded": "Erstattung",
  "payment.refund-failed": "Erstattung zurückgekommen",
  "payment.voided": "Zahlungseintrag zurückgenommen",
  "payment.disputed": "Bestrittene Zahlung zurückgegeben",
  "credit.issued": "Gutschrift",
  "credit.applied": "Mit Gutschrift bezahlt",
  "credit.unapplied": "Gutschrift von der Rechnung genommen",
  "credit.voided": "Gutschrift zurückgenommen",
  "credit.expired": "Gutschrift verfallen",
  other: "Berichtigung",
};

const es: Words = {
  "invoice.issued": "Factura",
  "invoice.updated": "Factura modificada",
  "invoice.canceled": "Factura anulada",
  "invoice.late-fee": "Recargo por demora",
  "payment.received": "Pago recibido",
  "payment.applied": "Pagado con su saldo",
  "payment.unapplied": "Pago retirado de la factura",
  "payment.refunded": "Reembolso",
  "payment.refund-failed": "Reembolso devuelto",
  "payment.voided": "Registro de pago anulado",
  "payment.disputed": "Pago disputado devuelto",
  "credit.issued": "Abono",
  "credit.applied": "Pagado con abono",
  "credit.unapplied": "Abono retirado de la factura",
  "credit.voided": "Abono anulado",
  "credit.expired": "Abono caducado",
  other: "Corrección",
};

const fr: Words = {
  "invoice.issued": "Facture",
  "invoice.updated": "Facture modifiée",
  "invoice.canceled": "Facture annulée",
  "invoice.late-fee": "Frais de retard",
  "payment.received": "Paiement reçu",
  "payment.applied": "Payé sur votre solde",
  "payment.unapplied": "Paiement retiré de la facture",
  "payment.refunded": "Remboursement",
  "payment.refund-failed": "Remboursement revenu",
  "payment.voided": "Écriture de paiement annulée",
  "payment.disputed": "Paiement contesté rendu",
  "credit.issued": "Avoir",
  "credit.applied": "Payé par avoir",
  "credit.unapplied": "Avoir retiré de la facture",
  "credit.voided": "Avoir annulé",
  "credit.expired": "Avoir expiré",
  other: "Correction",
};

const languages: Readonly<Record<string, Words>> = { de, en, es, fr };

export function movementWords(language: string): (type: string) => string {
  const words = languages[language] ?? en;
  return (type) => words[type as keyof Words] ?? words.other;
}

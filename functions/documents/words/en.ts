/** How people call the ways to pay. The other languages have the same ones, or they don't compile. */
export const en = {
  Cash: "cash",
  Cheque: "cheque",
  Card: "card",
  BankTransfer: "bank transfer",
  BankDebit: "bank debit",
  Other: "other means",
};

export type MethodWords = typeof en;

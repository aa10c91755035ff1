import type { MethodWords } from "./en.ts";

export const fr: MethodWords = {
  Cash: "espèces",
  Cheque: "chèque",
  Card: "carte",
  BankTransfer: "virement",
  BankDebit: "prélèvement",
  Other: "autre moyen",
};

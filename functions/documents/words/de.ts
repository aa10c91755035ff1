import type { MethodWords } from "./en.ts";

export const de: MethodWords = {
  Cash: "Bargeld",
  Cheque: "Scheck",
  Card: "Karte",
  BankTransfer: "Überweisung",
  BankDebit: "Lastschrift",
  Other: "sonstige Zahlungsart",
};

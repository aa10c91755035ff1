import type { MethodWords } from "./en.ts";

export const es: MethodWords = {
  Cash: "efectivo",
  Cheque: "cheque",
  Card: "tarjeta",
  BankTransfer: "transferencia",
  BankDebit: "adeudo bancario",
  Other: "otro medio",
};

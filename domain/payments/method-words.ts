/** How people call the way money came: "Card", "visa ending in 4242". */
export interface MethodWords {
  readonly kind: string;
  readonly detail: string | null;
}

export interface MethodFacts {
  /** Stripe's type: card, us_bank_account, sepa_debit. */
  readonly type: string;
  /** A card's brand or a bank's name. */
  readonly brand: string | null;
  readonly last4: string | null;
}

export function methodWords({ type, brand, last4 }: MethodFacts): MethodWords {
  const detail = last4 ? [brand, "ending in", last4].filter(Boolean).join(" ") : null;
  return { kind: kindOf(type), detail };
}

function kindOf(type: string): string {
  if (type === "card" || type === "link") return "Card";
  return /debit|bank_account/.test(type) ? "BankDebit" : "Other";
}

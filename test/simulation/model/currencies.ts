const exponents: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

export function exponentOf(currency: string): number {
  const exponent = exponents[currency];
  if (exponent === undefined) throw new Error(`the simulator does not use ${currency}`);
  return exponent;
}

/** The API speaks decimals of the major unit. */
export const majorOf = (amount: number, currency: string): number =>
  Number((amount / 10 ** exponentOf(currency)).toFixed(exponentOf(currency)));

export const minorOf = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** exponentOf(currency));

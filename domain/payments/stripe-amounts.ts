import type { Currency } from "../shared/currencies.ts";
import { multiplyRatio, toMajor } from "../shared/money.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";

/** https://docs.stripe.com/currencies: what Stripe takes money in, of what we bill in. */
const takenByStripe: ReadonlySet<string> = new Set(
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD
  CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD
  HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL
  MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP
  PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TND TOP TRY TTD
  TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW`.split(/\s+/),
);

/** Currencies without minor units that Stripe still counts in hundredths, for old callers' sake. */
const inHundredths: ReadonlySet<string> = new Set(["ISK", "UGX"]);
/** Has fifths by ISO, which nobody uses and Stripe does not know. */
const inWholes: ReadonlySet<string> = new Set(["MGA"]);
/** Card networks carry two decimals, so the third one has to be 0. */
const threeDecimals: ReadonlySet<string> = new Set(["BHD", "JOD", "KWD", "OMR", "TND"]);

/** The least that Stripe charges, in our minor units. */
const minimums: Readonly<Record<string, number>> = {
  AED: 200,
  AUD: 50,
  BGN: 100,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  CZK: 1_500,
  DKK: 250,
  EUR: 50,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  INR: 50,
  JPY: 50,
  MXN: 1_000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PLN: 200,
  RON: 200,
  SEK: 300,
  SGD: 50,
  THB: 1_000,
  USD: 50,
};

const twelveDigits: ReadonlySet<string> = new Set(["IDR"]);
const tenDigits: ReadonlySet<string> = new Set("COP HUF INR JPY LBP PYG UZS".split(" "));

export type StripeAmount = { readonly ok: true; readonly amount: number } | Refusal;

/** Our minor units in Stripe's. What Stripe has no unit for is refused, never rounded. */
export function toStripeAmount(amount: number, currency: Currency): StripeAmount {
  if (!takenByStripe.has(currency)) return notChargeable(`Stripe doesn't take ${currency}.`);
  if (threeDecimals.has(currency) && amount % 10 !== 0) {
    return notChargeable(`Stripe takes two decimals of ${currency}.`);
  }
  if (!inWholes.has(currency)) return { ok: true, amount: scaled(amount, currency, "to") };
  if (amount % 100 !== 0) return notChargeable(`Stripe takes whole ${currency} only.`);
  return { ok: true, amount: scaled(amount, currency, "to") };
}

/** As `toStripeAmount`, for a charge: Stripe has a least and a largest one. */
export function toChargeAmount(amount: number, currency: Currency): StripeAmount {
  const converted = toStripeAmount(amount, currency);
  if (!converted.ok) return converted;
  const minimum = minimums[currency] ?? 1;
  if (amount < minimum) {
    const least = toMajor(minimum, currency);
    return notChargeable(`Stripe charges at least ${least} ${currency}.`);
  }
  if (converted.amount > maximumOf(currency)) {
    return notChargeable(`Stripe doesn't charge that much ${currency} at once.`);
  }
  return converted;
}

/**
 * Stripe's units in our minor ones. Stripe never tells of a part of a unit: that would be a bug.
 */
export function fromStripeAmount(amount: number, currency: Currency): number {
  if (inHundredths.has(currency) && amount % 100 !== 0) {
    throw new RangeError(`${amount} is no whole number of ${currency}`);
  }
  return scaled(amount, currency, "from");
}

function scaled(amount: number, currency: Currency, way: "to" | "from"): number {
  const grows = way === "to" ? inHundredths.has(currency) : inWholes.has(currency);
  const shrinks = way === "to" ? inWholes.has(currency) : inHundredths.has(currency);
  if (!grows && !shrinks) return amount;
  return multiplyRatio(amount, grows ? 100n : 1n, shrinks ? 100n : 1n, "down");
}

function maximumOf(currency: Currency): number {
  if (twelveDigits.has(currency)) return 999_999_999_999;
  return tenDigits.has(currency) ? 9_999_999_999 : 99_999_999;
}

const notChargeable = (detail: string): Refusal => refuse("payment.amount-not-chargeable", detail);

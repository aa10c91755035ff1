import { badParameter, invalid } from "./failure.ts";

/** https://docs.stripe.com/currencies: the smallest charge, in Stripe's own unit. */
const minimums: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

const zeroDecimal = new Set(
  "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "),
);
const threeDecimal = new Set("bhd jod kwd omr tnd".split(" "));
/** Without minor units of their own, but kept by Stripe with two zeros for old callers' sake. */
const wholeHundreds = new Set(["isk", "ugx"]);
const twelveDigits = new Set(["idr"]);
const tenDigits = new Set("cop huf inr jpy lbp pyg uzs".split(" "));

const known = new Set(
  `aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd
  cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq
  gyd hkd hnl htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd
  lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk
  php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top
  try ttd twd tzs uah ugx usd uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw`.split(/\s+/),
);

export function decimalsOf(currency: string): number {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}

/** `$700.00`, as the hosted page and Stripe's messages write it. */
export function spokenAmount(amount: number, currency: string): string {
  const decimals = wholeHundreds.has(currency) ? 0 : decimalsOf(currency);
  const major = amount / 10 ** decimalsOf(currency);
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(major);
}

export function checkCurrency(currency: string, param: string): void {
  if (known.has(currency)) return;
  throw badParameter("parameter_invalid", param, `Invalid currency: ${currency}.`);
}

/** The amounts that Stripe refuses to charge, whatever the card. */
export function checkChargeable(amount: number, currency: string, param: string): void {
  if (amount < 1) {
    throw invalid("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param,
    });
  }
  if (threeDecimal.has(currency) && amount % 10 !== 0) {
    throw unevenAmount(currency, "The last digit must be 0.", param);
  }
  if (wholeHundreds.has(currency) && amount % 100 !== 0) {
    throw unevenAmount(currency, "The last two digits must be 00.", param);
  }
  const minimum = minimums[currency] ?? 1;
  if (amount < minimum) {
    const smallest = `Amount must be at least ${spokenAmount(minimum, currency)} ${currency}`;
    throw invalid(smallest, { code: "amount_too_small", param });
  }
  if (amount > maximumOf(currency)) {
    const largest = spokenAmount(maximumOf(currency), currency);
    throw invalid(`Amount must be no more than ${largest}`, { code: "amount_too_large", param });
  }
}

function maximumOf(currency: string): number {
  if (twelveDigits.has(currency)) return 999_999_999_999;
  return tenDigits.has(currency) ? 9_999_999_999 : 99_999_999;
}

function unevenAmount(currency: string, why: string, param: string) {
  const message = `Invalid amount for ${currency}. ${why}`;
  return invalid(message, { code: "parameter_invalid_integer", param });
}

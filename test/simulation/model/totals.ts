export interface Terms {
  readonly items: readonly {
    /** Decimal text, as sent: 2.5 */
    readonly quantity: number;
    /** Minor units. */
    readonly price: number;
    readonly discount?: Discount | undefined;
    readonly taxes?: readonly Tax[] | undefined;
  }[];
  readonly discount?: Discount | undefined;
  readonly taxes?: readonly Tax[] | undefined;
  readonly taxIncluded?: boolean | undefined;
  /** Minor units. */
  readonly extra?: number | undefined;
}
/** `amount` in minor units or `percent`, as product.md, section 3, has it. */
type Discount = { readonly type: "amount" | "percent"; readonly value: number };
type Tax = { readonly name: string; readonly rate: number };
type Fraction = readonly [bigint, bigint];

const million = 1_000_000n;
const scaled = (value: number): bigint => BigInt(Math.round(value * 1e6));
/** Half-up; nothing below zero comes here. */
const rounded = ([top, bottom]: Fraction): bigint => (2n * top + bottom) / (2n * bottom);
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
const sum = (all: readonly bigint[]): bigint => all.reduce((a, b) => a + b, 0n);

/** Total and tax of a document; undefined: a deduction is larger than what it is taken from. */
export function totalsOf(terms: Terms): { total: number; tax: number } | undefined {
  const lines = terms.items.map(({ quantity, price, discount }) => {
    const gross: Fraction = [scaled(quantity) * BigInt(price), million];
    return discount ? less(gross, discount) : gross;
  });
  if (lines.some(([top]) => top < 0n)) return undefined;
  const units = lines.map(rounded);
  const subTotal = sum(units);
  const { discount } = terms;
  const left = discount ? rounded(less([subTotal, 1n], discount)) : subTotal;
  const cut =
    discount?.type === "percent"
      ? rounded([subTotal * scaled(discount.value), 100n * million])
      : subTotal - left;
  if (left < 0n || cut < 0n || cut > subTotal) return undefined;
  const bases = shared(cut, units).map((share, index) => (units[index] ?? 0n) - share);
  const tax = taxOf(terms, bases);
  const extra = BigInt(terms.extra ?? 0);
  const total = subTotal - cut + extra + (terms.taxIncluded ? 0n : tax);
  return { total: Number(total), tax: Number(tax) };
}

function less([top, bottom]: Fraction, { type, value }: Discount): Fraction {
  if (type === "amount") return [top - BigInt(value) * bottom, bottom];
  return [top * (100n * million - scaled(value)), bottom * 100n * million];
}

/** In proportion, rounded down; what is left over goes to the largest remainders, the first line first. */
function shared(amount: bigint, weights: readonly bigint[]): bigint[] {
  const all = sum(weights);
  if (all === 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (amount * weight) / all);
  const order = weights
    .map((weight, index) => ({ index, rest: (amount * weight) % all }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (let n = 0n; n < amount - sum(shares); ) {
    const next = order.shift();
    if (!next) break;
    shares[next.index] = (shares[next.index] ?? 0n) + 1n;
  }
  return shares;
}

/** Each tax is rounded once, on the sum of its lines. */
function taxOf({ items, taxes = [], taxIncluded }: Terms, bases: readonly bigint[]): bigint {
  const exact = new Map<string, Fraction>();
  for (const [index, item] of items.entries()) {
    const own = item.taxes ?? taxes;
    const rates = sum(own.map(({ rate }) => scaled(rate)));
    for (const { name, rate } of own) {
      const bottom = 100n * million + (taxIncluded ? rates : 0n);
      const part: Fraction = [(bases[index] ?? 0n) * scaled(rate), bottom];
      const key = `${rate} ${name}`;
      exact.set(key, plus(exact.get(key) ?? [0n, 1n], part));
    }
  }
  return sum([...exact.values()].map(rounded));
}

import type { Json } from "../api.ts";
import type { Dice } from "../dice.ts";
import { majorOf } from "../model/currencies.ts";
import { frequencies } from "../model/days.ts";
import type { Terms } from "../model/totals.ts";

export const tags = ["site", "care", "ads"] as const;
const currencies = ["USD", "EUR", "JPY", "KWD"] as const;
const taxes = [
  { name: "VAT", rate: 19 },
  { name: "City", rate: 8.875 },
  { name: "State", rate: 7.25 },
] as const;

export const currencyNear = (dice: Dice, own: string): string =>
  dice.chance(0.85) ? own : dice.pick(currencies);

const quick = frequencies.filter((one) => /^(daily|weekly|twoWeeks)$/.test(one));

/** Histories are weeks long: mostly what comes again within one. */
export const someFrequency = (dice: Dice): string =>
  dice.pick(dice.chance(0.5) ? quick : frequencies);

export const someTags = (dice: Dice): string[] =>
  dice.chance(0.5) ? [] : dice.shuffled(tags).slice(0, dice.between(1, 2));

/** Round and awkward amounts alike, in minor units. */
export function someAmount(dice: Dice, most = 500_000): number {
  return dice.chance(0.5) ? 100 * dice.between(1, most / 100) : dice.between(1, most);
}

type Given = { readonly terms: Terms; readonly body: Json };

/** The lines of a document, as the model reads them and as the API is told. */
export function someTerms(dice: Dice, currency: string, isRetainer: boolean): Given {
  const count = dice.chance(0.5) ? 1 : dice.between(2, 5);
  const own = () =>
    isRetainer || dice.chance(0.6) ? undefined : dice.shuffled(taxes).slice(0, dice.below(3));
  const items = Array.from({ length: count }, () => ({
    quantity: dice.pick([1, 1, 2, 2.5, 0.333333, 7, 0.1]),
    price: someAmount(dice),
    discount: dice.chance(0.2) ? someDiscount(dice) : undefined,
    taxes: own(),
  }));
  const terms: Terms = {
    items,
    discount: dice.chance(0.25) ? someDiscount(dice) : undefined,
    taxes: own(),
    taxIncluded: !isRetainer && dice.chance(0.3) ? true : undefined,
    extra: dice.chance(0.15) ? someAmount(dice, 2_000) : undefined,
  };
  return { terms, body: bodyOf(terms, currency) };
}

const someDiscount = (dice: Dice) =>
  dice.chance(0.5)
    ? ({ type: "amount", value: someAmount(dice, 20_000) } as const)
    : ({ type: "percent", value: dice.pick([5, 12.5, 33.3333, 100]) } as const);

type Discount = NonNullable<Terms["discount"]>;

function bodyOf({ items, discount, taxes: shared, taxIncluded, extra }: Terms, currency: string) {
  const major = (amount: number) => majorOf(amount, currency);
  const discountOf = (one: Discount | undefined) =>
    one && { type: one.type, value: one.type === "amount" ? major(one.value) : one.value };
  return {
    currency,
    items: items.map((item, index) => ({
      name: `Work ${index + 1}`,
      quantity: item.quantity,
      price: major(item.price),
      discount: discountOf(item.discount),
      taxes: item.taxes,
    })),
    discount: discountOf(discount),
    taxes: shared,
    taxIncluded,
    extraCharges: extra === undefined ? undefined : [{ name: "Courier", amount: major(extra) }],
  };
}

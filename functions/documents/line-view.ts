import type { Content } from "../../domain/billing/invoice.ts";
import type { Discount, Tax } from "../../domain/billing/lines.ts";
import { formatDecimalText } from "../../domain/shared/decimal.ts";
import { formatMoney, formatPercent } from "../kit/format.ts";
import type { LineView } from "../pdf/view.ts";

export interface Speaker {
  readonly locale: string;
  readonly currency: string;
}

const quantityDecimals = 6;
const untaxed = "–";

/** "VAT 19%"; a name that tells its rate already stays as it is. */
export function taxName({ name, rate }: Tax, locale: string): string {
  return /\d\s?%/.test(name) ? name : `${name} ${formatPercent(rate, locale)}`;
}

/** Taxes stand beside the lines only where lines differ; else the totals say all of it. */
export function linesOf(content: Content, speaker: Speaker): LineView[] {
  const taxes = content.items.map((item) => taxesText(item.taxes ?? content.taxes, speaker));
  const differ = new Set(taxes).size > 1;
  return content.items.map((item, index) => ({
    name: item.name,
    quantity: formatDecimalText(item.quantity, quantityDecimals),
    price: item.price,
    total: item.total,
    ...(item.description ? { description: item.description } : {}),
    ...(item.discount?.value ? { discount: discountText(item.discount, speaker) } : {}),
    ...(differ ? { taxes: taxes[index] || untaxed } : {}),
  }));
}

const taxesText = (taxes: readonly Tax[], { locale }: Speaker): string =>
  taxes.map((tax) => taxName(tax, locale)).join(", ");

function discountText({ type, value }: Discount, { locale, currency }: Speaker): string {
  return type === "amount" ? formatMoney(-value, currency, locale) : formatPercent(-value, locale);
}

import { type Aging, agingOf, type OpenInvoice } from "../portal/aging.ts";
import { sumOf } from "./sums.ts";

export interface AgingRow extends Aging {
  readonly customer: string;
  readonly name: string;
  readonly outstanding: number;
}

export function agingRow(
  { customer, name }: { readonly customer: string; readonly name: string },
  open: readonly OpenInvoice[],
  asOf: string,
): AgingRow {
  const outstanding = open.reduce((sum, { balance }) => sum + balance, 0);
  return { customer, name, ...agingOf(open, asOf), outstanding };
}

const columns = [
  ...(["current", "days1to30", "days31to60", "days61to90", "over90", "outstanding"] as const),
] as const;
export type AgingColumn = (typeof columns)[number];

export const agingTotals = (rows: readonly AgingRow[]): Record<AgingColumn, bigint> =>
  Object.fromEntries(
    columns.map((column) => [column, sumOf(rows.map((row) => row[column]))]),
  ) as Record<AgingColumn, bigint>;

import {
  drawLines,
  drawRule,
  element,
  marked,
  newPage,
  pageRoom,
  roomLeft,
  type Sheet,
} from "./sheet.ts";
import { rule, styles } from "./styles.ts";
import { heightOf, type StyledLine, type TextStyle, widthOf, wrap } from "./text.ts";

export type TotalRow = {
  label: string;
  /** Smaller, under the label. */
  note?: string;
  amount: string;
  weight?: "normal" | "strong" | "toPay" | "quiet";
};

type LaidRow = { label: StyledLine[]; amount: StyledLine[]; height: number; hasRule: boolean };

export type Totals = {
  /** What has to stand on one page with the last line above. */
  keepHeight: number;
  draw(): void;
};

const blockWidth = 268;
const gap = 16;
const padding = 3.5;
const spaceAbove = 8;
/** A block that is longer (a hundred retainers drawn) runs on over pages. */
const keptShareMax = 0.6;

const looks: Record<NonNullable<TotalRow["weight"]>, [label: TextStyle, amount: TextStyle]> = {
  normal: [styles.body, styles.figure],
  strong: [styles.strong, styles.strong],
  toPay: [styles.toPay, styles.toPay],
  quiet: [styles.small, styles.small],
};

function layRow(row: TotalRow): LaidRow {
  const [labelStyle, amountStyle] = looks[row.weight ?? "normal"];
  const amount = wrap(row.amount, amountStyle, blockWidth * 0.6);
  const amountWidth = Math.max(...amount.map(({ text, style }) => widthOf(text, style)));
  const labelWidth = blockWidth - gap - amountWidth;
  const label = wrap(row.label, labelStyle, labelWidth);
  if (row.note !== undefined) label.push(...wrap(row.note, styles.small, labelWidth));
  const hasRule = row.weight === "toPay" || row.weight === "strong";
  const height = Math.max(heightOf(label), heightOf(amount)) + (hasRule ? 4 : 2) * padding;
  return { label, amount, height, hasRule };
}

/** Right under the lines the table's own hairline is enough. */
const underTable = (row: LaidRow): LaidRow =>
  row.hasRule ? { ...row, hasRule: false, height: row.height - 2 * padding } : row;

function drawRow(sheet: Sheet, row: LaidRow): void {
  const x = sheet.right - blockWidth;
  if (row.hasRule) drawRule(sheet, { from: x, y: sheet.y + padding, color: rule });
  const y = sheet.y + (row.hasRule ? 2.5 : 1) * padding;
  element(sheet, "TR", () => {
    marked(sheet, "TH", () => drawLines(sheet, row.label, { x, y }));
    marked(sheet, "TD", () =>
      drawLines(sheet, row.amount, { x, y, width: blockWidth, align: "right" }),
    );
  });
  sheet.y += row.height;
}

function drawRows(sheet: Sheet, rows: readonly LaidRow[]): void {
  element(sheet, "Table", () => {
    rows.forEach((row, index) => {
      // The last row is the sum of those above: at least one of them comes along.
      const next = index === rows.length - 2 ? (rows[index + 1]?.height ?? 0) : 0;
      if (row.height + next > roomLeft(sheet)) newPage(sheet);
      drawRow(sheet, row);
    });
  });
}

export function layTotals(sheet: Sheet, source: readonly TotalRow[]): Totals {
  const rows = source.map(layRow).map((row, index) => (index === 0 ? underTable(row) : row));
  const height = spaceAbove + rows.reduce((sum, row) => sum + row.height, 0);
  const start = rows.slice(0, 3).reduce((sum, row) => sum + row.height, spaceAbove);
  return {
    keepHeight: height <= pageRoom(sheet) * keptShareMax ? height : start,
    draw: () => {
      sheet.y += spaceAbove;
      drawRows(sheet, rows);
    },
  };
}

import { drawHeading } from "./passages.ts";
import {
  artifact,
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
import { heightOf, printable, type StyledLine, type TextStyle, widthOf, wrap } from "./text.ts";

export type Column = {
  head: string;
  align: "left" | "right";
  /** Takes the room that the others leave. Exactly one column does. */
  grows?: boolean;
  /** Wider content wraps. Without it a column is as wide as its widest content. */
  widthMax?: number;
};

export type Cell = readonly { text: string; style: TextStyle }[];
export type Row = readonly Cell[];
export type Table = {
  heading?: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** For many short rows. */
  isDense?: boolean;
};

type Slot = Column & { x: number; width: number };
type LaidRow = { cells: StyledLine[][]; height: number; padding: number };
type LaidTable = { slots: Slot[]; head: LaidRow; rows: LaidRow[] };

const gap = 16;
const paddings = { normal: 7, dense: 4.5, head: 4 };
const headingSpace = 26;
const growing = { wide: 150, narrow: 100 };
/** A split leaves at least this much on either side. */
const keptTogetherMax = 220;
const pieceMin = 2 * styles.body.leading;

const naturalWidth = (cell: Cell) =>
  Math.max(
    0,
    ...cell.flatMap(({ text, style }) =>
      text.split(/\r\n|\n|\r/).map((line) => widthOf(printable(line), style)),
    ),
  );

/** Rounding in the sums must not wrap a text that just fits. */
const slack = 0.01;

type Wanted = { wide: number; narrow: number };

function wantedWidth(column: Column, cells: readonly Cell[]): Wanted {
  const style = styles.label;
  const head = printable(column.head);
  const headWord = Math.max(...head.split(" ").map((word) => widthOf(word, style)));
  const content = Math.max(0, ...cells.map(naturalWidth));
  if (column.grows) {
    const atLeast = (width: number) => Math.max(Math.min(content, width), headWord) + slack;
    return { wide: atLeast(growing.wide), narrow: atLeast(growing.narrow) };
  }
  const narrow = Math.max(headWord, Math.min(content, column.widthMax ?? content)) + slack;
  return { wide: Math.max(widthOf(head, style) + slack, narrow), narrow };
}

const sumOf = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0);

/** When room is short heads wrap first, then all columns give in alike. */
function columnWidths({ columns, rows }: Table, width: number): number[] {
  const wanted = columns.map((column, i) =>
    wantedWidth(
      column,
      rows.map((row) => row[i] ?? []),
    ),
  );
  const room = width - gap * (columns.length - 1);
  const wide = wanted.map((each) => each.wide);
  const widths = sumOf(wide) <= room ? wide : wanted.map((each) => each.narrow);
  const squeeze = Math.min(1, room / sumOf(widths));
  const spare = Math.max(0, room - sumOf(widths));
  return columns.map((column, i) => (widths[i] ?? 0) * squeeze + (column.grows ? spare : 0));
}

const rowOf = (cells: StyledLine[][], padding: number): LaidRow => ({
  cells,
  padding,
  height: Math.max(...cells.map(heightOf)) + 2 * padding,
});

function layRow(slots: readonly Slot[], row: Row, padding: number): LaidRow {
  const cells = slots.map((slot, i) =>
    (row[i] ?? []).flatMap(({ text, style }) => wrap(text, style, slot.width)),
  );
  return rowOf(cells, padding);
}

function lay(sheet: Sheet, table: Table): LaidTable {
  const widths = columnWidths(table, sheet.width);
  let x = sheet.left;
  const slots = table.columns.map((column, i) => {
    const slot = { ...column, x, width: widths[i] ?? 0 };
    x += slot.width + gap;
    return slot;
  });
  const padding = table.isDense ? paddings.dense : paddings.normal;
  const heads = slots.map(({ head }) => [{ text: head, style: styles.label }]);
  return {
    slots,
    head: layRow(slots, heads, paddings.head),
    rows: table.rows.map((row) => layRow(slots, row, padding)),
  };
}

function drawCells(sheet: Sheet, slots: readonly Slot[], row: LaidRow, type?: "TH" | "TD"): void {
  slots.forEach((slot, i) => {
    const draw = () =>
      drawLines(sheet, row.cells[i] ?? [], {
        x: slot.x,
        y: sheet.y + row.padding,
        width: slot.width,
        align: slot.align,
      });
    if (type) marked(sheet, type, draw);
    else draw();
  });
  sheet.y += row.height;
}

/** Heads on later pages are a help for the eye; read aloud they would interrupt. */
function drawHead(sheet: Sheet, { slots, head }: LaidTable, isRepeated: boolean): void {
  if (isRepeated) artifact(sheet, () => drawCells(sheet, slots, head));
  else element(sheet, "TR", () => drawCells(sheet, slots, head, "TH"));
  drawRule(sheet, { y: sheet.y, color: rule });
}

function drawRow(sheet: Sheet, { slots }: LaidTable, row: LaidRow): void {
  element(sheet, "TR", () => drawCells(sheet, slots, row, "TD"));
  drawRule(sheet, { y: sheet.y });
}

function turnPage(sheet: Sheet, table: LaidTable): void {
  newPage(sheet);
  drawHead(sheet, table, true);
}

function linesWithin(lines: readonly StyledLine[], height: number): number {
  let [count, used] = [0, 0];
  for (const line of lines) {
    used += line.style.leading;
    if (used > height) break;
    count += 1;
  }
  return count;
}

function splitRow({ cells, padding }: LaidRow, height: number): [LaidRow, LaidRow] {
  const counts = cells.map((lines) => linesWithin(lines, height - 2 * padding));
  return [
    rowOf(
      cells.map((lines, i) => lines.slice(0, counts[i])),
      padding,
    ),
    rowOf(
      cells.map((lines, i) => lines.slice(counts[i])),
      padding,
    ),
  ];
}

/** Only for a row that no page could hold together with what must follow it. */
function drawTallRow(sheet: Sheet, table: LaidTable, row: LaidRow, tail: number): void {
  let rest = row;
  while (rest.height + tail > roomLeft(sheet)) {
    const [piece, after] = splitRow(rest, Math.min(roomLeft(sheet), rest.height - pieceMin));
    const isPiece = piece.height >= 2 * piece.padding + pieceMin;
    if (!isPiece && sheet.y <= sheet.top + table.head.height) break;
    if (isPiece) drawRow(sheet, table, piece);
    turnPage(sheet, table);
    if (isPiece) rest = after;
  }
  drawRow(sheet, table, rest);
}

/** Where it costs little the last row, often a sum, doesn't go over to a new page alone. */
function keptBelow({ rows }: LaidTable, index: number, keepBelow: number): number {
  if (index === rows.length - 1) return keepBelow;
  if (index < rows.length - 2) return 0;
  const below = (rows[index + 1]?.height ?? 0) + keepBelow;
  return below + (rows[index]?.height ?? 0) <= keptTogetherMax ? below : 0;
}

/**
 * Breaks between rows and repeats the head. `keepBelow` is the height of what must not be parted
 * from the last row: the totals never stand alone on a page.
 */
export function drawTable(sheet: Sheet, source: Table, keepBelow = 0): void {
  const table = lay(sheet, source);
  const freshRoom = pageRoom(sheet) - table.head.height;
  const tailOf = (index: number) => keptBelow(table, index, keepBelow);
  const firstHeight = (table.rows[0]?.height ?? 0) + tailOf(0);
  const firstNeed = firstHeight <= freshRoom ? firstHeight : 2 * paddings.normal + pieceMin;
  const { heading } = source;
  const headingHeight = heading === undefined ? 0 : headingSpace + styles.strong.leading;
  if (headingHeight + table.head.height + firstNeed > roomLeft(sheet)) newPage(sheet);
  else if (heading !== undefined) sheet.y += headingSpace;
  if (heading !== undefined) drawHeading(sheet, heading);
  element(sheet, "Table", () => {
    drawHead(sheet, table, false);
    table.rows.forEach((row, index) => {
      const need = row.height + tailOf(index);
      if (need > freshRoom) {
        drawTallRow(sheet, table, row, tailOf(index));
      } else {
        if (need > roomLeft(sheet)) turnPage(sheet, table);
        drawRow(sheet, table, row);
      }
    });
  });
}

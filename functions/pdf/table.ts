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
export type Table = { heading?: string; columns: readonly Column[]; rows: readonly Row[] };

type Slot = Column & { x: number; width: number };
type LaidRow = { cells: StyledLine[][]; height: number };
type LaidTable = { slots: Slot[]; head: LaidRow; rows: LaidRow[] };

const gap = 16;
const padding = 7;
const headPadding = 4;
const headingSpace = 26;
const growingWidthMin = 150;
/** A split leaves at least this much on either side. */
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

function columnWidths({ columns, rows }: Table, width: number): number[] {
  const wanted = columns.map((column, i) => {
    if (column.grows) return 0;
    const cells = rows.map((row) => row[i] ?? []);
    const head = widthOf(printable(column.head), styles.label);
    const widest = Math.max(head, ...cells.map(naturalWidth)) + slack;
    return Math.min(widest, Math.max(head, column.widthMax ?? widest));
  });
  const room = width - gap * (columns.length - 1);
  const fixed = wanted.reduce((sum, each) => sum + each, 0);
  const squeeze = Math.min(1, (room - growingWidthMin) / fixed);
  const grown = room - fixed * squeeze;
  return columns.map((column, i) => (column.grows ? grown : (wanted[i] ?? 0) * squeeze));
}

function layRow(slots: readonly Slot[], row: Row, pad: number): LaidRow {
  const cells = slots.map((slot, i) =>
    (row[i] ?? []).flatMap(({ text, style }) => wrap(text, style, slot.width)),
  );
  return { cells, height: Math.max(...cells.map(heightOf)) + 2 * pad };
}

function lay(sheet: Sheet, table: Table): LaidTable {
  const widths = columnWidths(table, sheet.width);
  let x = sheet.left;
  const slots = table.columns.map((column, i) => {
    const slot = { ...column, x, width: widths[i] ?? 0 };
    x += slot.width + gap;
    return slot;
  });
  const heads = slots.map(({ head }) => [{ text: head, style: styles.label }]);
  return {
    slots,
    head: layRow(slots, heads, headPadding),
    rows: table.rows.map((row) => layRow(slots, row, padding)),
  };
}

function drawCells(sheet: Sheet, slots: readonly Slot[], row: LaidRow, type?: "TH" | "TD"): void {
  slots.forEach((slot, i) => {
    const draw = () =>
      drawLines(sheet, row.cells[i] ?? [], {
        x: slot.x,
        y: sheet.y + (type === "TD" ? padding : headPadding),
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

function splitRow(row: LaidRow, height: number): [LaidRow, LaidRow] {
  const counts = row.cells.map((lines) => linesWithin(lines, height - 2 * padding));
  const part = (cells: StyledLine[][]): LaidRow => ({
    cells,
    height: Math.max(...cells.map(heightOf)) + 2 * padding,
  });
  return [
    part(row.cells.map((lines, i) => lines.slice(0, counts[i]))),
    part(row.cells.map((lines, i) => lines.slice(counts[i]))),
  ];
}

/** Only for a row that no page could hold together with what must follow it. */
function drawTallRow(sheet: Sheet, table: LaidTable, row: LaidRow, tail: number): void {
  let rest = row;
  while (rest.height + tail > roomLeft(sheet)) {
    const [piece, after] = splitRow(rest, Math.min(roomLeft(sheet), rest.height - pieceMin));
    const isPiece = piece.height >= 2 * padding + pieceMin;
    if (!isPiece && sheet.y <= sheet.top + table.head.height) break;
    if (isPiece) drawRow(sheet, table, piece);
    turnPage(sheet, table);
    if (isPiece) rest = after;
  }
  drawRow(sheet, table, rest);
}

/**
 * Breaks between rows and repeats the head. `keepBelow` is the height of what must not be parted
 * from the last row: the totals never stand alone on a page.
 */
export function drawTable(sheet: Sheet, source: Table, keepBelow = 0): void {
  const table = lay(sheet, source);
  const freshRoom = pageRoom(sheet) - table.head.height;
  const last = table.rows.length - 1;
  const tailOf = (index: number) => (index === last ? keepBelow : 0);
  const firstHeight = (table.rows[0]?.height ?? 0) + tailOf(0);
  const firstNeed = firstHeight <= freshRoom ? firstHeight : 2 * padding + pieceMin;
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

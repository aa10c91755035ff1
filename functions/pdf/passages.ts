import { artifact, drawLines, element, marked, newPage, roomLeft, type Sheet } from "./sheet.ts";
import { styles, wash } from "./styles.ts";
import { heightOf, type StyledLine, wrap } from "./text.ts";

const headlineSpace = 20;
const textWidthMax = 430;
const passageSpace = 20;
const boxPadding = 13;
const linesKept = 2;
const pairGap = 24;
const pairHeightMax = 140;

/** What the paper comes down to, in the largest type on it. */
export function drawHeadline(sheet: Sheet, text: string, notes: readonly string[]): void {
  sheet.y += headlineSpace;
  const lines = wrap(text, styles.headline, sheet.width);
  marked(sheet, "H2", () => drawLines(sheet, lines, { x: sheet.left, y: sheet.y }));
  sheet.y += heightOf(lines) + 2;
  for (const note of notes) {
    sheet.y += 4;
    flow(sheet, wrap(note, styles.body, textWidthMax));
  }
  sheet.y += 12;
}

/** Lines that may run over to the next page. */
function flow(sheet: Sheet, lines: readonly StyledLine[]): void {
  let rest = lines;
  while (rest.length > 0) {
    const leading = rest[0]?.style.leading ?? 1;
    if (roomLeft(sheet) < leading) newPage(sheet);
    const piece = rest.slice(0, Math.max(1, Math.floor(roomLeft(sheet) / leading)));
    marked(sheet, "P", () => drawLines(sheet, piece, { x: sheet.left, y: sheet.y }));
    sheet.y += heightOf(piece);
    rest = rest.slice(piece.length);
  }
}

export type Passage = { heading: string; text: string };

function drawPassage(sheet: Sheet, { heading, text }: Passage): void {
  const lines = wrap(text.trim(), styles.body, textWidthMax);
  const kept = heightOf(lines.slice(0, linesKept)) + styles.strong.leading;
  sheet.y += passageSpace;
  if (kept > roomLeft(sheet)) newPage(sheet);
  element(sheet, "Sect", () => {
    drawHeading(sheet, heading);
    flow(sheet, lines);
  });
}

/** Short ones stand side by side. */
function drawPair(sheet: Sheet, passages: readonly Passage[]): boolean {
  const width = (sheet.width - pairGap * (passages.length - 1)) / passages.length;
  const laid = passages.map(({ heading, text }) => ({
    heading: wrap(heading, styles.strong, width),
    lines: wrap(text.trim(), styles.body, width),
  }));
  const heights = laid.map(({ heading, lines }) => heightOf(heading) + heightOf(lines) + 2);
  const height = Math.max(...heights);
  if (height > pairHeightMax) return false;
  sheet.y += passageSpace;
  if (height > roomLeft(sheet)) newPage(sheet);
  laid.forEach(({ heading, lines }, i) => {
    const place = { x: sheet.left + i * (width + pairGap), y: sheet.y };
    element(sheet, "Sect", () => {
      marked(sheet, "H3", () => drawLines(sheet, heading, place));
      const y = sheet.y + heightOf(heading) + 2;
      marked(sheet, "P", () => drawLines(sheet, lines, { ...place, y }));
    });
  });
  sheet.y += height;
  return true;
}

export function drawPassages(sheet: Sheet, passages: readonly Passage[]): void {
  if (passages.length === 2 && drawPair(sheet, passages)) return;
  for (const passage of passages) drawPassage(sheet, passage);
}

export function drawHeading(sheet: Sheet, heading: string): void {
  const lines = wrap(heading, styles.strong, sheet.width);
  marked(sheet, "H3", () => drawLines(sheet, lines, { x: sheet.left, y: sheet.y }));
  sheet.y += heightOf(lines) + 2;
}

/** Set apart, because it says what to do next. A text too long for a box runs on without one. */
export function drawBoxed(sheet: Sheet, { heading, text }: Passage, accent: string): void {
  const lines = wrap(text.trim(), styles.body, sheet.width - 2 * boxPadding);
  const height = heightOf(lines) + styles.strong.leading + 2 + 2 * boxPadding;
  if (height > (sheet.bottom - sheet.top) / 2) {
    drawPassage(sheet, { heading, text });
    return;
  }
  sheet.y += passageSpace;
  if (height > roomLeft(sheet)) newPage(sheet);
  artifact(sheet, () => {
    sheet.doc.roundedRect(sheet.left, sheet.y, sheet.width, height, 4).fill(wash);
    sheet.doc.rect(sheet.left, sheet.y, 2.5, height).fill(accent);
  });
  const x = sheet.left + boxPadding;
  const y = sheet.y + boxPadding;
  element(sheet, "Sect", () => {
    const head = wrap(heading, styles.strong, sheet.width - 2 * boxPadding);
    marked(sheet, "H3", () => drawLines(sheet, head, { x, y }));
    marked(sheet, "P", () => drawLines(sheet, lines, { x, y: y + styles.strong.leading + 2 }));
  });
  sheet.y += height;
}

export type Tile = { label: string; value: string };

/** A few figures side by side. */
export function drawTiles(sheet: Sheet, tiles: readonly Tile[]): void {
  const width = sheet.width / tiles.length;
  const inner = width - 2 * boxPadding;
  const laid = tiles.map(({ label, value }) => ({
    label: wrap(label, styles.label, inner),
    value: wrap(value, styles.tile, inner),
  }));
  const labelHeight = Math.max(...laid.map(({ label }) => heightOf(label)));
  const height = labelHeight + Math.max(...laid.map(({ value }) => heightOf(value))) + 26;
  if (height > roomLeft(sheet)) newPage(sheet);
  artifact(sheet, () => {
    sheet.doc.roundedRect(sheet.left, sheet.y, sheet.width, height, 6).fill(wash);
  });
  laid.forEach(({ label, value }, i) => {
    const x = sheet.left + i * width + boxPadding;
    const y = sheet.y + 12;
    element(sheet, "Div", () => {
      marked(sheet, "P", () => drawLines(sheet, label, { x, y }));
      marked(sheet, "P", () => drawLines(sheet, value, { x, y: y + labelHeight + 2 }));
    });
  });
  sheet.y += height + 14;
}

import { drawLines, drawRule, element, marked, newPage, roomLeft, type Sheet } from "./sheet.ts";
import { hairline, styles } from "./styles.ts";
import { heightOf, type StyledLine, wrap } from "./text.ts";
import type { AgencyView } from "./view.ts";

export type Party = { label: string; lines: readonly string[] };
export type Fact = { label: string; value: string };

const gap = 20;
const partiesPerRow = 3;
const factsPerRow = 4;
const factPadding = 9;

export function agencyParty(label: string, agency: AgencyView, taxId: string | undefined): Party {
  const mail = agency.email === undefined ? [] : [agency.email];
  const tax = taxId === undefined ? [] : [taxId];
  return { label, lines: [agency.name, ...agency.addressLines, ...mail, ...tax] };
}

type Block = { label: StyledLine[]; lines: StyledLine[]; height: number };

type Grid = { blocks: Block[]; perRow: number };

/** Blocks side by side, row after row; `between` is the space from one row to the next. */
function drawGrid(sheet: Sheet, { blocks, perRow }: Grid, between: number): void {
  const width = (sheet.width - gap * (perRow - 1)) / perRow;
  for (let start = 0; start < blocks.length; start += perRow) {
    const row = blocks.slice(start, start + perRow);
    const height = Math.max(...row.map((block) => block.height));
    if (height > roomLeft(sheet)) newPage(sheet);
    row.forEach((block, i) => {
      const x = sheet.left + i * (width + gap);
      element(sheet, "Div", () => {
        marked(sheet, "P", () => drawLines(sheet, block.label, { x, y: sheet.y }));
        const y = sheet.y + heightOf(block.label) + 2;
        marked(sheet, "P", () => drawLines(sheet, block.lines, { x, y }));
      });
    });
    sheet.y += height + (start + perRow < blocks.length ? between : 0);
  }
}

const blockOf = (label: StyledLine[], lines: StyledLine[]): Block => ({
  label,
  lines,
  height: heightOf(label) + 2 + heightOf(lines),
});

export function drawParties(sheet: Sheet, parties: readonly Party[]): void {
  const width = (sheet.width - gap * (partiesPerRow - 1)) / partiesPerRow;
  const blocks = parties.map(({ label, lines }) => {
    const [name = "", ...rest] = lines.filter((line) => line.trim() !== "");
    return blockOf(wrap(label, styles.label, width), [
      ...wrap(name, styles.strong, width),
      ...rest.flatMap((line) => wrap(line, styles.body, width)),
    ]);
  });
  drawGrid(sheet, { blocks, perRow: partiesPerRow }, 16);
  sheet.y += 18;
}

/** Dates and references in a strip between two hairlines. */
export function drawFacts(sheet: Sheet, facts: readonly Fact[]): void {
  const width = (sheet.width - gap * (factsPerRow - 1)) / factsPerRow;
  const blocks = facts.map(({ label, value }) =>
    blockOf(wrap(label, styles.label, width), wrap(value, styles.figure, width)),
  );
  drawRule(sheet, { y: sheet.y, color: hairline });
  sheet.y += factPadding;
  drawGrid(sheet, { blocks, perRow: factsPerRow }, 8);
  sheet.y += factPadding;
  drawRule(sheet, { y: sheet.y, color: hairline });
}

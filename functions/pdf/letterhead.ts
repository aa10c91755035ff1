import { readableAccent } from "./accent.ts";
import { sizeOfLogo } from "./logo.ts";
import { artifact, drawLine, drawLines, element, marked, type Sheet } from "./sheet.ts";
import { type Meaning, meanings, styles } from "./styles.ts";
import { heightOf, printable, type StyledLine, widthOf, wrap } from "./text.ts";
import type { AgencyView } from "./view.ts";

export type Stamp = { text: string; meaning: Meaning };

export type Letterhead = {
  agency: AgencyView;
  title: string;
  number: string | null;
  stamp?: Stamp | undefined;
};

const barHeight = 5;
const logoBox = { width: 180, height: 48 };
/** A logo of few pixels isn't blown up beyond the size that it has on a screen. */
const pointsPerPixelMax = 0.75;
const titleShareMax = 0.6;
const gap = 32;
const spaceBelow = 26;

function drawAccent(sheet: Sheet, color: string): void {
  artifact(sheet, () => {
    sheet.doc.rect(0, 0, sheet.left + sheet.right, barHeight).fill(color);
  });
}

/** The logo, or the name set large. Answers its height. */
function drawSender(sheet: Sheet, agency: AgencyView, nameWidth: number): number {
  const size = agency.logo && sizeOfLogo(agency.logo);
  if (!agency.logo || !size) {
    const lines = wrap(agency.name, styles.agency, nameWidth);
    marked(sheet, "P", () => drawLines(sheet, lines, { x: sheet.left, y: sheet.y }));
    return heightOf(lines);
  }
  const fits = Math.min(logoBox.width / size.width, logoBox.height / size.height);
  const scale = Math.min(fits, pointsPerPixelMax);
  const [width, height] = [size.width * scale, size.height * scale];
  const file = Buffer.from(agency.logo);
  marked(sheet, { alt: printable(agency.name) }, () => {
    sheet.doc.image(file, sheet.left, sheet.y, { fit: [width, height] });
  });
  return height;
}

const stampPadding = { x: 7, y: 3.5 };

function drawStamp(sheet: Sheet, stamp: Stamp, place: { right: number; y: number }): void {
  const look = meanings[stamp.meaning];
  const style = { ...styles.stamp, color: look.text };
  const text = printable(stamp.text);
  const width = widthOf(text, style) + 2 * stampPadding.x;
  const height = style.leading + 2 * stampPadding.y;
  const x = place.right - width;
  artifact(sheet, () => {
    sheet.doc.roundedRect(x, place.y, width, height, height / 2);
    sheet.doc.lineWidth(0.6).fillAndStroke(look.fill, look.line);
  });
  marked(sheet, "P", () =>
    drawLine(sheet, { text, style }, { x: x + stampPadding.x, y: place.y + stampPadding.y }),
  );
}

type TitleBlock = { title: StyledLine[]; number: StyledLine[]; stamp: Stamp | undefined };

/** Title, number and stamp at the right. Answers their height. */
function drawTitle(sheet: Sheet, { title, number, stamp }: TitleBlock): number {
  const width = sheet.width * titleShareMax;
  const x = sheet.right - width;
  marked(sheet, "H1", () => drawLines(sheet, title, { x, y: sheet.y, width, align: "right" }));
  let y = sheet.y + heightOf(title);
  if (number.length > 0) {
    marked(sheet, "P", () => drawLines(sheet, number, { x, y, width, align: "right" }));
    y += heightOf(number);
  }
  if (stamp) {
    drawStamp(sheet, stamp, { right: sheet.right, y: y + 5 });
    y += 24;
  }
  return y - sheet.y;
}

export function drawLetterhead(sheet: Sheet, letterhead: Letterhead): void {
  drawAccent(sheet, readableAccent(letterhead.agency.accentColor));
  element(sheet, "Sect", () => {
    const { number, stamp } = letterhead;
    const width = sheet.width * titleShareMax;
    const block: TitleBlock = {
      title: wrap(letterhead.title, styles.title, width),
      number: number === null ? [] : wrap(number, styles.number, width),
      stamp,
    };
    const lines = [...block.title, ...block.number];
    const titleWidth = Math.max(...lines.map(({ text, style }) => widthOf(text, style)));
    const nameWidth = sheet.width - titleWidth - gap;
    const senderHeight = drawSender(sheet, letterhead.agency, nameWidth);
    const titleHeight = drawTitle(sheet, block);
    sheet.y += Math.max(senderHeight, titleHeight) + spaceBelow;
  });
}

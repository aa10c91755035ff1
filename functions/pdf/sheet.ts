import PDFDocument from "pdfkit";
import { faceOf } from "./font.ts";
import { hairline, inkFaint, styles } from "./styles.ts";
import { printable, type StyledLine, type TextStyle, widthOf, wrap } from "./text.ts";
import type { Paper } from "./view.ts";

type Picture = { alt: string };
type Element = PDFKit.PDFStructureElement;

/** The paper while it is drawn: where the pen is, and where in the tree of tags. */
export type Sheet = {
  readonly doc: PDFKit.PDFDocument;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly top: number;
  /** No content goes below this line. */
  readonly bottom: number;
  y: number;
  tag: Element;
};

export type SheetOptions = {
  title: string;
  author: string;
  locale: string;
  paper: Paper;
  /** The file's date: the paper's own, so that the same paper is the same bytes. */
  madeAt: Date;
};

const margin = 52;
const marginTop = 50;
const footerHeight = 56;
const ascent = 0.96875;
const descent = 0.2412;

export function openSheet(options: SheetOptions): Sheet {
  const doc = new PDFDocument({
    size: options.paper === "Letter" ? "LETTER" : "A4",
    margin: 0,
    font: "",
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    lang: options.locale,
    displayTitle: true,
    info: {
      Title: printable(options.title),
      Author: printable(options.author),
      Creator: "Drawdown",
      Producer: "Drawdown",
      CreationDate: options.madeAt,
    },
  });
  for (const name of ["regular", "semibold"] as const) {
    doc.registerFont(name, faceOf(name).font as unknown as PDFKit.Mixins.PDFFontSource);
  }
  const root = doc.struct("Document");
  doc.addStructure(root);
  const { width, height } = doc.page;
  return {
    doc,
    left: margin,
    right: width - margin,
    width: width - 2 * margin,
    top: marginTop,
    bottom: height - footerHeight,
    y: marginTop,
    tag: root,
  };
}

export function newPage(sheet: Sheet): void {
  sheet.doc.addPage();
  sheet.y = sheet.top;
}

export const roomLeft = (sheet: Sheet): number => sheet.bottom - sheet.y;
export const pageRoom = (sheet: Sheet): number => sheet.bottom - sheet.top;

/** What is drawn within belongs to this element, for those who hear the paper or reflow it. */
export function element(sheet: Sheet, type: string, draw: () => void): void {
  const { doc, tag } = sheet;
  const inner = doc.struct(type);
  tag.add(inner);
  sheet.tag = inner;
  draw();
  inner.end();
  sheet.tag = tag;
}

/** Content of one element; must stay on one page. A picture has words that stand for it. */
export function marked(sheet: Sheet, type: string | Picture, draw: () => void): void {
  const { doc, tag } = sheet;
  const name = typeof type === "string" ? type : "Figure";
  const leaf = typeof type === "string" ? doc.struct(type) : doc.struct(name, { alt: type.alt });
  tag.add(leaf);
  leaf.add(doc.markStructureContent(name));
  draw();
  doc.endMarkedContent();
  leaf.end();
}

/** Lines, boxes and what is repeated: not part of the text. */
export function artifact(sheet: Sheet, draw: () => void): void {
  sheet.doc.markContent("Artifact", { type: "Layout" });
  draw();
  sheet.doc.endMarkedContent();
}

export type Place = { x: number; y: number; width?: number; align?: "left" | "right" };

export function drawLine(sheet: Sheet, { text, style }: StyledLine, place: Place): void {
  if (text === "") return;
  const { doc } = sheet;
  const slack = place.align === "right" ? (place.width ?? 0) - widthOf(text, style) : 0;
  const baseline = (style.leading + (ascent - descent) * style.size) / 2;
  doc
    .font(style.face)
    .fontSize(style.size)
    .fillColor(style.color)
    .text(text, place.x + slack, place.y + baseline, { lineBreak: false, baseline: "alphabetic" });
}

export function drawLines(sheet: Sheet, lines: readonly StyledLine[], place: Place): void {
  let { y } = place;
  for (const line of lines) {
    drawLine(sheet, line, { ...place, y });
    y += line.style.leading;
  }
}

export type Line = { from?: number; to?: number; y: number; color?: string; thickness?: number };

export function drawRule(sheet: Sheet, line: Line): void {
  artifact(sheet, () => {
    sheet.doc
      .moveTo(line.from ?? sheet.left, line.y)
      .lineTo(line.to ?? sheet.right, line.y)
      .lineWidth(line.thickness ?? 0.6)
      .strokeColor(line.color ?? hairline)
      .stroke();
  });
}

const footerStyle: TextStyle = { ...styles.small, color: inkFaint };

export type Footer = { text: string; page: (page: number, pages: number) => string };

function drawFooters(sheet: Sheet, footer: Footer): void {
  const { doc, left, right, width } = sheet;
  const { count } = doc.bufferedPageRange();
  const y = sheet.bottom + 23;
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    drawRule(sheet, { y: y - 9 });
    const place = printable(footer.page(page + 1, count));
    const textWidth = width - widthOf(place, footerStyle) - 24;
    const [first] = wrap(footer.text, footerStyle, textWidth);
    artifact(sheet, () => {
      if (first) drawLine(sheet, first, { x: left, y });
      const style = footerStyle;
      drawLine(sheet, { text: place, style }, { x: left, y, width: right - left, align: "right" });
    });
  }
}

export function closeSheet(sheet: Sheet, footer: Footer): Promise<Uint8Array> {
  const { doc } = sheet;
  const parts: Uint8Array[] = [];
  const bytes = new Promise<Uint8Array>((resolve, reject) => {
    doc.on("data", (part: Uint8Array) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
  drawFooters(sheet, footer);
  sheet.tag.end();
  doc.end();
  return bytes;
}

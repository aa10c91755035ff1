import { inflateSync } from "node:zlib";

/** Reads our own PDFs back, as a viewer would: where each text stands and what it copies as. */
export type PdfText = {
  text: string;
  /** Points from the left and top edge of the page; `y` is the baseline. */
  x: number;
  y: number;
  right: number;
  size: number;
};
export type PdfPage = { width: number; height: number; texts: PdfText[]; lines: string[] };
export type Pdf = { pages: PdfPage[]; source: string };

type Font = { characters: string[]; widths: number[] };
type Objects = ReadonlyMap<string, string>;

function objectsOf(source: string): Objects {
  const found = source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g);
  return new Map([...found].map(([, id = "", body = ""]) => [id, body]));
}

function streamOf(body: string): string {
  const packed = body.slice(
    body.indexOf("stream\n") + "stream\n".length,
    body.lastIndexOf("\nendstream"),
  );
  if (!body.includes("/FlateDecode")) return packed;
  return inflateSync(Buffer.from(packed, "latin1")).toString("latin1");
}

function follow(objects: Objects, body: string, key: string): string {
  const id = new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(body)?.[1] ?? "";
  return objects.get(id) ?? "";
}

const unhex = (hex: string) => Buffer.from(hex, "hex").swap16().toString("utf16le");

function fontOf(objects: Objects, body: string): Font {
  const map = streamOf(follow(objects, body, "ToUnicode"));
  const ranges = [...map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*)\]/g)];
  const characters: string[] = [];
  for (const [, start = "", list = ""] of ranges) {
    for (const [index, [, hex = ""]] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      characters[Number.parseInt(start, 16) + index] = unhex(hex.replaceAll(" ", ""));
    }
  }
  const list = /\/W \[0 \[([^\]]*)\]/.exec(follow(objects, body, "DescendantFonts"))?.[1] ?? "";
  return { characters, widths: list.split(" ").map(Number) };
}

function fontsOf(objects: Objects, page: string): Map<string, Font> {
  const resources = follow(objects, page, "Resources");
  const entries = /\/Font <<([\s\S]*?)>>/.exec(resources)?.[1] ?? "";
  return new Map(
    [...entries.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", id = ""]) => [
      name,
      fontOf(objects, objects.get(id) ?? ""),
    ]),
  );
}

const textBlock = /1 0 0 1 ([-\d.]+) ([-\d.]+) Tm\n\/(F\d+) ([\d.]+) Tf\n([\s\S]*?)(?=\nET)/g;

function readBlock(block: readonly string[], fonts: Map<string, Font>, height: number): PdfText {
  const [, x = "", y = "", fontName = "", sizeText = "", body = ""] = block;
  const font = fonts.get(fontName);
  const size = Number(sizeText);
  let [text, units] = ["", 0];
  for (const [, hex, kern] of body.matchAll(/<([0-9a-f]+)>|(?<=> )(-?[\d.]+)/g)) {
    for (const code of hex?.match(/.{4}/g) ?? []) {
      const glyph = Number.parseInt(code, 16);
      text += font?.characters[glyph] ?? "";
      units += font?.widths[glyph] ?? 0;
    }
    units -= Number(kern ?? 0);
  }
  return {
    text,
    x: Number(x),
    y: height - Number(y),
    right: Number(x) + (units / 1000) * size,
    size,
  };
}

/** Texts of one baseline, from left to right, make a line. */
function linesOf(texts: readonly PdfText[]): string[] {
  const lines = new Map<number, PdfText[]>();
  for (const text of texts) {
    const key = Math.round(text.y * 2);
    lines.set(key, [...(lines.get(key) ?? []), text]);
  }
  return [...lines.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, line]) => line.sort((a, b) => a.x - b.x).map(({ text }) => text))
    .map((line) => line.join(" "));
}

export function readPdf(bytes: Uint8Array): Pdf {
  const source = Buffer.from(bytes).toString("latin1");
  const objects = objectsOf(source);
  const kids = /\/Kids \[([^\]]*)\]/.exec(
    follow(objects, trailerOf(source, objects), "Pages"),
  )?.[1];
  const pages = [...(kids ?? "").matchAll(/(\d+) 0 R/g)].map(([, id = ""]) => {
    const page = objects.get(id) ?? "";
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page);
    const [width, height] = [Number(box?.[1]), Number(box?.[2])];
    const fonts = fontsOf(objects, page);
    const content = streamOf(follow(objects, page, "Contents"));
    const texts = [...content.matchAll(textBlock)].map((block) => readBlock(block, fonts, height));
    return { width, height, texts, lines: linesOf(texts) };
  });
  return { pages, source };
}

function trailerOf(source: string, objects: Objects): string {
  return follow(objects, source.slice(source.lastIndexOf("trailer")), "Root");
}

export const textOf = ({ pages }: Pdf): string => pages.flatMap(({ lines }) => lines).join("\n");

/** Two texts that stand on each other: a paper has none. */
export function overlapsOf({ texts }: PdfPage): [PdfText, PdfText][] {
  const touches = (a: PdfText, b: PdfText) =>
    a.x < b.right - 0.5 &&
    b.x < a.right - 0.5 &&
    Math.abs(a.y - b.y) < Math.min(a.size, b.size) * 0.7;
  return texts.flatMap((a, i) =>
    texts.slice(i + 1).flatMap((b): [PdfText, PdfText][] => (touches(a, b) ? [[a, b]] : [])),
  );
}

import { inflateSync } from "node:zlib";

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegStart = 0xffd8;
const sideMaxPx = 4_000;
const indexedColor = 3;
const filterMax = 4;
const channelsByColorType: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Start and step, across and down, of the seven passes of an interlaced PNG. */
const adam7 = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

export type LogoSize = { width: number; height: number };
type Chunk = { type: string; data: Buffer };
type Png = { width: number; height: number; bitsPerPixel: number; interlaced: boolean };

/** The chunks up to IEND, or nothing when the file is cut short. */
function chunksOf(file: Buffer): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let at = pngSignature.length;
  while (at + 12 <= file.length) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    if (at + 12 + length > file.length) return undefined;
    if (type === "IEND") return chunks;
    chunks.push({ type, data: file.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return undefined;
}

function headerOf(data: Buffer): Png | undefined {
  if (data.length < 13) return undefined;
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
  const channels = channelsByColorType[data[9] ?? -1];
  const isSized = width > 0 && height > 0 && width <= sideMaxPx && height <= sideMaxPx;
  if (!isSized || channels === undefined) return undefined;
  return { width, height, bitsPerPixel: channels * (data[8] ?? 0), interlaced: data[12] === 1 };
}

/** Bytes in each row of pixels, its filter byte included, in the order of the file. */
function rowLengths({ width, height, bitsPerPixel, interlaced }: Png): number[] {
  const passes = interlaced ? adam7 : ([[0, 1, 0, 1]] as const);
  return passes.flatMap(([x, stepX, y, stepY]) => {
    const columns = Math.ceil((width - x) / stepX);
    const rows = Math.ceil((height - y) / stepY);
    if (columns <= 0 || rows <= 0) return [];
    return new Array<number>(rows).fill(1 + Math.ceil((columns * bitsPerPixel) / 8));
  });
}

function pixelsAreWhole(png: Png, chunks: readonly Chunk[]): boolean {
  const rows = rowLengths(png);
  const length = rows.reduce((sum, row) => sum + row, 0);
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map((c) => c.data));
  const pixels = inflateSync(packed, { maxOutputLength: length });
  let at = 0;
  return (
    pixels.length === length &&
    rows.every((row) => {
      const filter = pixels[at] ?? Number.NaN;
      at += row;
      return filter <= filterMax;
    })
  );
}

function pngSize(file: Buffer): LogoSize | undefined {
  const chunks = chunksOf(file);
  const [first] = chunks ?? [];
  const png = first?.type === "IHDR" ? headerOf(first.data) : undefined;
  if (!chunks || !png) return undefined;
  const has = (type: string) => chunks.some((chunk) => chunk.type === type);
  const isIndexed = first?.data[9] === indexedColor;
  if (isIndexed && !has("PLTE")) return undefined;
  // pdfkit can't unpack several pixels to a byte; it has to when a palette is see-through.
  const isUnpacked = png.interlaced || (isIndexed && has("tRNS"));
  if (isUnpacked && png.bitsPerPixel < 8) return undefined;
  return pixelsAreWhole(png, chunks) ? png : undefined;
}

const isFrameHead = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(file: Buffer): LogoSize | undefined {
  let at = 2;
  while (at + 10 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0;
    if (isFrameHead(marker)) {
      const [height, width] = [file.readUInt16BE(at + 5), file.readUInt16BE(at + 7)];
      const isKnown = [1, 3, 4].includes(file[at + 9] ?? 0);
      return isKnown && width > 0 && height > 0 ? { width, height } : undefined;
    }
    at += 2 + file.readUInt16BE(at + 2);
  }
  return undefined;
}

/**
 * The size of a logo that can be drawn. pdfkit unpacks a PNG after the call that could fail has
 * returned, so a bad file would end the process: it is proved whole here. A JPEG is embedded as is.
 */
export function sizeOfLogo(bytes: Uint8Array): LogoSize | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (file.subarray(0, pngSignature.length).equals(pngSignature)) return pngSize(file);
    return file.readUInt16BE(0) === jpegStart ? jpegSize(file) : undefined;
  } catch {
    return undefined;
  }
}

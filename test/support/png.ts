import { crc32, deflateSync } from "node:zlib";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, "latin1");
  head.writeUInt32BE(data.length, 0);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])), 0);
  return Buffer.concat([head, data, sum]);
}

export type PngOptions = {
  width?: number;
  height?: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha. */
  colorType?: 0 | 2 | 3 | 4 | 6;
  bits?: 1 | 2 | 4 | 8 | 16;
  interlaced?: boolean;
  /** Chunks between head and pixels. */
  extra?: readonly { type: string; data: Uint8Array }[];
  /** Rows of pixels with their filter bytes; zeros of the right length without it. */
  pixels?: Uint8Array;
};

const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function aPng(options: PngOptions = {}): Buffer {
  const { width = 8, height = 4, colorType = 6, bits = 8, interlaced = false } = options;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, colorType, 0, 0, interlaced ? 1 : 0], 8);
  const row = 1 + Math.ceil((width * channels[colorType] * bits) / 8);
  return Buffer.concat([
    Buffer.from(signature),
    chunk("IHDR", head),
    ...(options.extra ?? []).map(({ type, data }) => chunk(type, data)),
    chunk("IDAT", deflateSync(options.pixels ?? Buffer.alloc(row * height))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

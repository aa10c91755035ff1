import { describe, expect, it } from "vitest";
import { sizeOfLogo } from "../../../../functions/pdf/logo.ts";
import { renderDocumentPdf } from "../../../../functions/pdf/render-document.ts";
import { readPdf, textOf } from "../../../support/pdf.ts";
import { aDocumentView } from "../../../support/pdf-views.ts";
import { aPng, type PngOptions } from "../../../support/png.ts";

/** The head of a JPEG is all that is read of it. */
const jpeg = (width: number, height: number) =>
  Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
    ...[0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3],
    ...[1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9],
  ]);
const palette = { type: "PLTE", data: Buffer.alloc(6) };
const seeThrough = { type: "tRNS", data: Buffer.alloc(2) };

const withLogo = async (logo: Uint8Array) => {
  const view = aDocumentView();
  return readPdf(await renderDocumentPdf({ ...view, agency: { ...view.agency, logo } }));
};

describe("a logo that can be drawn", () => {
  it.each<[string, PngOptions]>([
    ["colour with alpha", { colorType: 6 }],
    ["colour", { colorType: 2 }],
    ["grey", { colorType: 0 }],
    ["grey with alpha of 16 bits", { colorType: 4, bits: 16 }],
    ["a palette", { colorType: 3, extra: [palette] }],
    ["a see-through palette", { colorType: 3, extra: [palette, seeThrough] }],
    ["a palette of 2 bits", { colorType: 3, bits: 2, extra: [palette] }],
  ])("is a PNG in %s", async (_name, options) => {
    const logo = aPng(options);
    expect(sizeOfLogo(logo)).toMatchObject({ width: 8, height: 4 });
    const pdf = await withLogo(logo);
    expect(pdf.source).toContain("/Subtype /Image");
    expect(pdf.source).toContain("/Alt (Northwind Studio)");
  });

  it("is an interlaced PNG", async () => {
    // The rows of the seven passes over 8 x 4 pixels; the third pass has none.
    const rows = [1, 1, 2, 4, 4, 4, 8, 8].map((pixels) => 1 + pixels * 4);
    const pixels = Buffer.alloc(rows.reduce((sum, row) => sum + row, 0));
    const logo = aPng({ interlaced: true, pixels });
    expect(sizeOfLogo(logo)).toMatchObject({ width: 8, height: 4 });
    expect((await withLogo(logo)).source).toContain("/Subtype /Image");
  });

  it("is a JPEG", async () => {
    expect(sizeOfLogo(jpeg(600, 200))).toEqual({ width: 600, height: 200 });
    expect((await withLogo(jpeg(600, 200))).source).toContain("/Filter /DCTDecode");
  });
});

describe("a logo that can't be drawn", () => {
  const whole = aPng({ width: 40, height: 40 });
  const badFilter = Buffer.alloc(33 * 4);
  badFilter[0] = 9;
  it.each<[string, Uint8Array]>([
    ["empty", new Uint8Array()],
    ["a text", Buffer.from("<svg/>")],
    ["a PNG cut short", whole.subarray(0, 60)],
    ["a PNG with too few pixels", aPng({ pixels: Buffer.alloc(20) })],
    ["a PNG that unpacks to more than it says", aPng({ pixels: Buffer.alloc(1_000_000) })],
    ["a PNG with an unknown filter", aPng({ pixels: badFilter })],
    ["a PNG without its palette", aPng({ colorType: 3 })],
    ["a PNG of no size", aPng({ width: 0 })],
    ["a PNG of a monstrous size", aPng({ width: 60_000, pixels: Buffer.alloc(1) })],
    [
      "a see-through palette of 4 bits",
      aPng({ colorType: 3, bits: 4, extra: [palette, seeThrough] }),
    ],
    ["a JPEG without a frame", jpeg(10, 10).subarray(0, 8)],
    ["a JPEG of no size", jpeg(0, 10)],
  ])("gives way to the agency's name: %s", async (_name, logo) => {
    expect(sizeOfLogo(logo)).toBeUndefined();
    const pdf = await withLogo(logo);
    expect(pdf.source).not.toContain("/Subtype /Image");
    expect(textOf(pdf).match(/Northwind Studio/g)?.length).toBe(2);
  });
});

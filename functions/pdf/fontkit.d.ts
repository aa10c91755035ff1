/** The part of fontkit that we use; pdfkit brings the library, which comes without types. */
declare module "fontkit" {
  export type Glyph = { readonly id: number; readonly advanceWidth: number };
  export type GlyphPosition = {
    xAdvance: number;
    yAdvance: number;
    xOffset: number;
    yOffset: number;
  };
  export type GlyphRun = {
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly GlyphPosition[];
    readonly advanceWidth: number;
  };
  export type Font = {
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly characterSet: readonly number[];
    glyphForCodePoint(codePoint: number): Glyph;
    layout(text: string, features?: Record<string, boolean>): GlyphRun;
  };
  export function create(bytes: Uint8Array): Font;
}

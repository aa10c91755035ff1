import { readFileSync } from "node:fs";
import { create, type Font, type Glyph, type GlyphRun } from "fontkit";

export type FaceName = "regular" | "semibold";

export type Face = {
  /** What pdfkit embeds: a parsed font whose layout is the quick one below. */
  font: Font;
  /** Width in em, kerning included. */
  widthOf(text: string): number;
  has(codePoint: number): boolean;
};

/** No contextual swaps: "3x4" and "->" stay what was typed. */
const features = { calt: false };
/** Figures of one width. Only they: the same feature would stretch the hyphen of INV-0001. */
const figureFeatures = { ...features, tnum: true };
const isFigure = (character: string) => character >= "0" && character <= "9";
const kernedPairsMax = 20_000;
/** Inter gives its figures of one width private code points, as which they must not be copied. */
const isPrivate = (codePoint: number) => codePoint >= 0xe000 && codePoint <= 0xf8ff;
const combining = /\p{M}/u;

type Shaped = { glyph: Glyph; advance: number };
type Layout = (text: string, features: Record<string, boolean>) => GlyphRun;
type Shaper = (text: string) => { glyphs: Glyph[]; advances: number[] };

function shaper(layout: Layout): Shaper {
  const shapes = new Map<string, Shaped>();
  const kerns = new Map<string, number>();
  const shapeOf = (character: string): Shaped => {
    const known = shapes.get(character);
    if (known) return known;
    const run = layout(character, isFigure(character) ? figureFeatures : features);
    const [glyph] = run.glyphs;
    if (!glyph) throw new RangeError("a character without a glyph must be replaced before");
    const shaped = { glyph, advance: run.advanceWidth };
    shapes.set(character, shaped);
    return shaped;
  };
  const kernOf = (left: string, right: string): number => {
    if (left === " " || right === " " || isFigure(left) || isFigure(right)) return 0;
    const pair = left + right;
    const known = kerns.get(pair);
    if (known !== undefined) return known;
    const kern =
      layout(pair, features).advanceWidth - shapeOf(left).advance - shapeOf(right).advance;
    if (kerns.size >= kernedPairsMax) kerns.clear();
    kerns.set(pair, kern);
    return kern;
  };
  return (text) => {
    const characters = [...text];
    const shaped = characters.map(shapeOf);
    const advances = shaped.map(({ advance }, i) => {
      const next = characters[i + 1];
      return next === undefined ? advance : advance + kernOf(characters[i] ?? "", next);
    });
    return { glyphs: shaped.map(({ glyph }) => glyph), advances };
  };
}

function runOf({ glyphs, advances }: ReturnType<Shaper>): GlyphRun {
  const positions = advances.map((xAdvance) => ({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 }));
  return {
    glyphs,
    positions,
    // A getter, because pdfkit scales the positions in place and reads the sum afterwards.
    get advanceWidth() {
      return positions.reduce((sum, position) => sum + position.xAdvance, 0);
    },
  };
}

/** fontkit shapes a line in 0.2 ms; remembering each character and kerned pair makes it 20 times less. */
function loadFace(file: string): Face {
  const font = create(readFileSync(new URL(`./fonts/${file}`, import.meta.url)));
  const characters = new Set(font.characterSet.filter((codePoint) => !isPrivate(codePoint)));
  // A glyph remembers the first character it was asked for (a space is one for the no-break space,
  // too), so all are asked for in one order: what a text copies as must not depend on earlier papers.
  for (const codePoint of characters) font.glyphForCodePoint(codePoint);
  const layout = font.layout.bind(font);
  const shape = shaper(layout);
  font.layout = (text) => (combining.test(text) ? layout(text, features) : runOf(shape(text)));
  return {
    font,
    widthOf: (text) => font.layout(text).advanceWidth / font.unitsPerEm,
    has: (codePoint) => characters.has(codePoint),
  };
}

const files: Record<FaceName, string> = {
  regular: "Inter-Regular.ttf",
  semibold: "Inter-SemiBold.ttf",
};
const loaded = new Map<FaceName, Face>();

/** Parsed once per process, on first use. The folder `fonts` lies beside this module or its bundle. */
export function faceOf(name: FaceName): Face {
  const known = loaded.get(name);
  if (known) return known;
  const face = loadFace(files[name]);
  loaded.set(name, face);
  return face;
}

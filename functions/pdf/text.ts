import { type FaceName, faceOf } from "./font.ts";

export type TextStyle = {
  face: FaceName;
  /** Points. */
  size: number;
  /** Points from one line to the next. */
  leading: number;
  color: string;
};

export type StyledLine = { text: string; style: TextStyle };

/** Stands for a character that the font lacks, so that a reader sees that something was there. */
const replacement = "\u25a1";
const lineBreaks = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;
const blanks = /[\t\u2000-\u2008\u200a\u205f\u3000]/gu;
const invisible = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

const fits = (text: string) =>
  [...text].every((character) => faceOf("regular").has(character.codePointAt(0) ?? 0));

/** One line of text as it can be drawn: composed, without controls, nothing the font lacks. */
export function printable(text: string): string {
  const plain = text.normalize("NFC").replace(blanks, " ").replace(invisible, "");
  if (fits(plain)) return plain;
  return [...graphemes.segment(text.normalize("NFC").replace(blanks, " "))]
    .map(({ segment }) => segment.replace(invisible, ""))
    .map((segment) => (fits(segment) ? segment : replacement))
    .join("");
}

export const widthOf = (text: string, style: TextStyle): number =>
  faceOf(style.face).widthOf(text) * style.size;

/** Where a line may break: after spaces, and after a dash or slash between letters. */
const breaks = /(?<= )(?=[^ ])|(?<=\p{L}[-\u2013\u2014/])(?=\p{L})/u;

/** A word wider than the column is cut, at least one character per piece. */
function cut(word: string, style: TextStyle, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && widthOf(piece + character, style) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  pieces.push(piece);
  return pieces;
}

function wrapParagraph(paragraph: string, style: TextStyle, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.trimEnd().split(breaks)) {
    if (widthOf((line + word).trimEnd(), style) <= width) {
      line += word;
      continue;
    }
    if (line !== "") lines.push(line.trimEnd());
    const pieces = widthOf(word.trimEnd(), style) <= width ? [word] : cut(word, style, width);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  }
  lines.push(line.trimEnd());
  return lines;
}

export function wrap(text: string, style: TextStyle, width: number): StyledLine[] {
  return text
    .split(lineBreaks)
    .flatMap((paragraph) => wrapParagraph(printable(paragraph), style, width))
    .map((line) => ({ text: line, style }));
}

export const heightOf = (lines: readonly StyledLine[]): number =>
  lines.reduce((height, line) => height + line.style.leading, 0);

import type { FaceName } from "./font.ts";
import type { TextStyle } from "./text.ts";

/** Neutrals with a slight cool tint; each of the first three passes WCAG AA on white. */
export const ink = "#151a23";
export const inkSoft = "#414a59";
export const inkFaint = "#667085";
export const hairline = "#e2e5ea";
export const rule = "#c6ccd5";
export const wash = "#f6f7f9";

export const meanings = {
  good: { text: "#14653a", line: "#a9d5bb", fill: "#f1f9f4" },
  waiting: { text: "#8a4b08", line: "#ecc995", fill: "#fdf7ec" },
  quiet: { text: "#555f6e", line: "#ced3da", fill: "#f6f7f9" },
} as const;
export type Meaning = keyof typeof meanings;

const style = (face: FaceName, size: number, leading: number, color: string): TextStyle => ({
  face,
  size,
  leading,
  color,
});

export const styles = {
  title: style("semibold", 22, 27, ink),
  agency: style("semibold", 17, 22, ink),
  number: style("regular", 11, 16, inkSoft),
  headline: style("semibold", 19, 25, ink),
  label: style("regular", 8, 12, inkFaint),
  body: style("regular", 9, 13.5, inkSoft),
  strong: style("semibold", 9, 13.5, ink),
  figure: style("regular", 9, 13.5, ink),
  small: style("regular", 8, 11.5, inkFaint),
  toPay: style("semibold", 11, 16, ink),
  tile: style("semibold", 14, 19, ink),
  stamp: style("semibold", 7.5, 10, ink),
} as const;

import { Eta } from "eta/core";
import { readableAccent } from "../pdf/accent.ts";
import { type LogoSize, sizeOfLogo } from "../pdf/logo.ts";
import type { AgencyView } from "../pdf/view.ts";
import type { Letter, Stationery } from "./letter.ts";
import { layout } from "./templates/layout.ts";
import { button, passage, rows, sender } from "./templates/parts.ts";
import { text } from "./templates/text.ts";

export interface InlineLogo {
  readonly cid: string;
  readonly content: Uint8Array;
  readonly contentType: "image/png" | "image/jpeg";
}

export interface RenderedLetter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly logo: InlineLogo | null;
}

/** All that is interpolated is escaped; the layout's own parts are the only raw text. */
const html = new Eta({ autoEscape: true, autoTrim: false });
html.loadTemplate("@layout", layout);
html.loadTemplate("@sender", sender);
html.loadTemplate("@rows", rows);
html.loadTemplate("@button", button);
html.loadTemplate("@passage", passage);
const plain = new Eta({ autoEscape: false, autoTrim: [false, "nl"] });
plain.loadTemplate("@text", text);

const fonts = "Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

export function renderLetter(letter: Letter, { agency, locale }: Stationery): RenderedLetter {
  const logo = shownLogo(agency);
  const data = {
    letter,
    agency,
    logo,
    fonts,
    lang: locale,
    accent: readableAccent(agency.accentColor),
    preview: letter.sentence.replace(/[\r\n]+/g, " "),
    paragraphs: paragraphsOf(letter.sentence),
    passage: letter.passage && {
      heading: letter.passage.heading,
      lines: linesOf(letter.passage.text),
    },
    foot: [agency.name, ...agency.addressLines, ...(agency.email ? [agency.email] : [])],
  };
  return {
    subject: oneLine(letter.subject),
    html: html.render("@layout", data),
    text: plain.render("@text", data).replace(/\n{3,}/g, "\n\n"),
    logo: logo && { cid: logo.cid, content: logo.content, contentType: logo.contentType },
  };
}

/** A line break within a header would begin another header. */
export const oneLine = (value: string): string => value.replace(/\s+/g, " ").trim();

const linesOf = (value: string): string[] => value.trim().split(/\r?\n/);

const paragraphsOf = (value: string): string[][] =>
  value
    .trim()
    .split(/(?:\r?\n){2,}/)
    .map(linesOf);

const logoBox = { width: 200, height: 56 };
const pngStart = 0x89;

/** Logos are drawn for screens of two pixels to the point, so half of their size is sharp. */
function shownLogo({ logo }: AgencyView): (InlineLogo & LogoSize) | null {
  const size = logo && sizeOfLogo(logo);
  if (!logo || !size) return null;
  const fits = Math.min(logoBox.width / size.width, logoBox.height / size.height, 1);
  return {
    cid: "logo",
    content: logo,
    contentType: logo[0] === pngStart ? "image/png" : "image/jpeg",
    width: Math.max(1, Math.round(size.width * fits)),
    height: Math.max(1, Math.round(size.height * fits)),
  };
}

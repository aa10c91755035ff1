import type { TotalRow } from "../pdf/totals.ts";
import type { AgencyView } from "../pdf/view.ts";

export interface Button {
  readonly label: string;
  readonly url: string;
}

/**
 * What one mail says, in one language, before it has a form. HTML and text are both made from it,
 * so they can't differ.
 */
export interface Letter {
  readonly subject: string;
  /** What it is about, small: "Invoice INV-0002". */
  readonly title: string;
  /** How much, until when: the largest type. */
  readonly headline: string;
  readonly sentence: string;
  readonly rows: readonly TotalRow[];
  readonly button: Button | null;
  /** How to pay where nobody can pay online. */
  readonly passage: { readonly heading: string; readonly text: string } | null;
  readonly notes: readonly string[];
}

/** Who writes, and how the page around the letter speaks. */
export interface Stationery {
  readonly agency: AgencyView;
  readonly locale: string;
}

/** What a letter needs beside the figures that it tells. */
export interface LetterContext {
  /** Null: the reader has no page of the portal, so there is no button. */
  readonly link: string | null;
  readonly paysOnline: boolean;
}

export const buttonTo = (link: string | null, label: string): Button | null =>
  link === null ? null : { label, url: link };

/** What every letter has until it says otherwise. */
export const plainLetter = { rows: [], button: null, passage: null, notes: [] } as const;

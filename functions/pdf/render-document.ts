import { readableAccent } from "./accent.ts";
import {
  factsOf,
  headlineOf,
  linesOf,
  notesOf,
  partiesOf,
  stampOf,
  tilesOf,
  totalsOf,
} from "./document-parts.ts";
import { drawLetterhead } from "./letterhead.ts";
import { madeAtOf } from "./made-at.ts";
import { drawFacts, drawParties } from "./parties.ts";
import { drawBoxed, drawHeadline, drawPassages, drawTiles } from "./passages.ts";
import { closeSheet, newPage, openSheet, roomLeft, type Sheet } from "./sheet.ts";
import { type Speech, speechOf } from "./speech.ts";
import { drawTable } from "./table.ts";
import { layTotals } from "./totals.ts";
import type { DocumentView } from "./view.ts";

const joint = " · ";

function drawSums(sheet: Sheet, view: DocumentView, speech: Speech): void {
  const totals = layTotals(sheet, totalsOf(view, speech));
  if (view.lines.length > 0) drawTable(sheet, linesOf(view, speech), totals.keepHeight);
  else if (totals.keepHeight > roomLeft(sheet)) newPage(sheet);
  totals.draw();
}

function drawEnd(sheet: Sheet, view: DocumentView, { words }: Speech): void {
  const isPayable = view.balance > 0 && view.status !== "Canceled" && view.kind !== "credit";
  if (view.paymentInstructions && isPayable) {
    const passage = { heading: words.howToPay, text: view.paymentInstructions };
    drawBoxed(sheet, passage, readableAccent(view.agency.accentColor));
  }
  const passages = [
    { heading: words.notes, text: view.notes ?? "" },
    { heading: words.terms, text: view.terms ?? "" },
  ];
  drawPassages(
    sheet,
    passages.filter(({ text }) => text.trim() !== ""),
  );
}

/** Invoice, retainer, quote and credit: one shape, so that a customer reads all of them alike. */
export async function renderDocumentPdf(view: DocumentView): Promise<Uint8Array> {
  const speech = speechOf(view);
  const { words, locale } = speech;
  const kind = words[view.kind];
  const name = [kind, view.number ?? words.stamps.Draft].join(" ");
  const sheet = openSheet({
    title: `${name}${joint}${view.agency.name}`,
    author: view.agency.name,
    locale,
    paper: view.paper,
    madeAt: madeAtOf(view.date),
  });
  const headline = headlineOf(view, speech);
  const stamp = stampOf(view.status, speech);
  drawLetterhead(sheet, { agency: view.agency, title: kind, number: view.number, stamp });
  drawParties(sheet, partiesOf(view, speech));
  drawFacts(sheet, factsOf(view, speech));
  drawHeadline(sheet, headline, notesOf(view, speech));
  const tiles = tilesOf(view, speech);
  if (tiles.length > 0) drawTiles(sheet, tiles);
  drawSums(sheet, view, speech);
  drawEnd(sheet, view, speech);
  return closeSheet(sheet, { text: [name, headline].join(joint), page: words.page });
}

import { performance } from "node:perf_hooks";
import { renderDocumentPdf } from "../functions/pdf/render-document.ts";
import { renderReceiptPdf } from "../functions/pdf/render-receipt.ts";
import { renderStatementPdf } from "../functions/pdf/render-statement.ts";
import { readPdf } from "../test/support/pdf.ts";
import {
  aDocumentView,
  aReceiptView,
  aStatementView,
  someLines,
} from "../test/support/pdf-views.ts";

export interface PaperTime {
  readonly name: string;
  readonly pages: number;
  readonly msPerPage: number;
  readonly kib: number;
}

const warmUps = 5;
const rounds = 21;
const perMonth = 60;

const statement = aStatementView({
  lines: Array.from({ length: perMonth }, (_, index) => ({
    ...{ day: `2027-01-${String((index % 28) + 1).padStart(2, "0")}`, text: "Invoice issued" },
    ...{ number: `INV-${index}`, amount: 10_000 },
    ...{ outstanding: 45_000 + index * 10_000, unapplied: 0, credit: 0 },
  })),
});

const papers: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
  ["an invoice with one line", () => renderDocumentPdf(aDocumentView())],
  ["an invoice with 200 lines", () => renderDocumentPdf(aDocumentView({ lines: someLines(200) }))],
  ["a receipt", () => renderReceiptPdf(aReceiptView())],
  ["a statement with 60 lines", () => renderStatementPdf(statement)],
];

/** The median of renderings in a process that has rendered before. */
export async function measurePapers(): Promise<PaperTime[]> {
  const rows: PaperTime[] = [];
  for (const [name, render] of papers) rows.push(await timeOf(name, render));
  return rows;
}

async function timeOf(name: string, render: () => Promise<Uint8Array>): Promise<PaperTime> {
  for (let n = 0; n < warmUps; n += 1) await render();
  const taken: number[] = [];
  let last = new Uint8Array();
  for (let n = 0; n < rounds; n += 1) {
    const startMs = performance.now();
    last = await render();
    taken.push(performance.now() - startMs);
  }
  const median = taken.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  const pages = readPdf(last).pages.length;
  return { name, pages, msPerPage: median / pages, kib: Math.round(last.byteLength / 1_024) };
}

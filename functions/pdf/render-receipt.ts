import { drawLetterhead } from "./letterhead.ts";
import { madeAtOf } from "./made-at.ts";
import { agencyParty, drawFacts, drawParties } from "./parties.ts";
import { drawHeadline, drawPassages } from "./passages.ts";
import { closeSheet, newPage, openSheet, roomLeft, type Sheet } from "./sheet.ts";
import { type Speech, speechOf } from "./speech.ts";
import { styles } from "./styles.ts";
import { drawTable, type Row } from "./table.ts";
import { layTotals, type TotalRow } from "./totals.ts";
import type { ReceiptView } from "./view.ts";

const joint = " · ";

function totalsOf(view: ReceiptView, { words, money, day }: Speech): TotalRow[] {
  const used = view.paid.reduce((sum, each) => sum + each.amount, 0);
  const rows: TotalRow[] = [
    { label: words.received, amount: money(view.amount), weight: "strong" },
  ];
  if (used > 0) rows.push({ label: words.paidForInvoices, amount: money(-used) });
  for (const refund of view.refunds) {
    rows.push({ label: words.refundOn(day(refund.date, "medium")), amount: money(-refund.amount) });
  }
  rows.push({ label: words.unapplied, amount: money(view.unapplied), weight: "toPay" });
  if (view.retainerBalance !== undefined) {
    rows.push({ label: words.retainerBalance, amount: money(view.retainerBalance) });
  }
  return rows;
}

function drawSums(sheet: Sheet, view: ReceiptView, speech: Speech): void {
  const { words, money, day } = speech;
  const totals = layTotals(sheet, totalsOf(view, speech));
  const rows = view.paid.map(
    (each): Row => [
      [{ text: each.number, style: styles.strong }],
      [{ text: day(each.date, "medium"), style: styles.figure }],
      [{ text: money(each.amount), style: styles.figure }],
    ],
  );
  if (rows.length === 0) {
    if (totals.keepHeight > roomLeft(sheet)) newPage(sheet);
    totals.draw();
    return;
  }
  const columns = [
    { head: words.whatItPaid, align: "left", grows: true },
    { head: words.invoiceDate, align: "right" },
    { head: speech.amountHead, align: "right" },
  ] as const;
  drawTable(sheet, { columns, rows }, totals.keepHeight);
  totals.draw();
}

function notesOf(view: ReceiptView, { words }: Speech): string[] {
  if (view.paid.length > 0 || view.unapplied === 0) return [];
  return [words.nothingPaidYet];
}

export async function renderReceiptPdf(view: ReceiptView): Promise<Uint8Array> {
  const speech = speechOf(view);
  const { words, locale, day, money } = speech;
  const name = `${words.receipt} ${view.number}`;
  const { agency } = view;
  const sheet = openSheet({
    title: `${name}${joint}${agency.name}`,
    author: agency.name,
    locale,
    paper: view.paper,
    madeAt: madeAtOf(view.date),
  });
  const headline = words.receivedOn(money(view.amount), day(view.date));
  const taxId = agency.taxId === undefined ? undefined : words.taxId(agency.taxId);
  drawLetterhead(sheet, { agency, title: words.receipt, number: view.number });
  drawParties(sheet, [
    agencyParty(words.from, agency, taxId),
    { label: words.receivedFrom, lines: view.customer.lines },
  ]);
  const facts = [
    { label: words.received, value: day(view.date) },
    { label: words.method, value: view.method },
  ];
  if (view.retainer) {
    facts.push({ label: words.paidFor, value: words.fundedRetainer(view.retainer.number) });
  }
  drawFacts(sheet, facts);
  drawHeadline(sheet, headline, notesOf(view, speech));
  drawSums(sheet, view, speech);
  if (view.notes) drawPassages(sheet, [{ heading: words.notes, text: view.notes }]);
  return closeSheet(sheet, { text: [name, headline].join(joint), page: words.page });
}

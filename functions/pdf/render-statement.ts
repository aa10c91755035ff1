import { drawAging } from "./aging.ts";
import { drawLetterhead } from "./letterhead.ts";
import { madeAtOf } from "./made-at.ts";
import { agencyParty, drawParties } from "./parties.ts";
import { drawHeadline } from "./passages.ts";
import { closeSheet, openSheet, type Sheet } from "./sheet.ts";
import { type Speech, speechOf } from "./speech.ts";
import { styles } from "./styles.ts";
import { type Column, drawTable, type Row, type Table } from "./table.ts";
import type { BalancesView, StatementView } from "./view.ts";

const joint = " · ";

const column = (head: string): Column => ({ head, align: "right" });

/** Credit is rare: its column is there only when it moved. */
function ledgerOf(view: StatementView, speech: Speech): Table {
  const { words, money, day } = speech;
  const all: BalancesView[] = [view.opening, ...view.lines, view.closing];
  const hasCredit = all.some(({ credit }) => credit !== 0);
  const balances = (at: BalancesView, style = styles.figure) =>
    [at.outstanding, at.unapplied, ...(hasCredit ? [at.credit] : [])].map((amount) => [
      { text: money(amount), style },
    ]);
  const end = (when: string, label: string, at: BalancesView): Row => [
    [{ text: day(when, "medium"), style: styles.figure }],
    [{ text: label, style: styles.strong }],
    [],
    ...balances(at, styles.strong),
  ];
  const lines = view.lines.map((line): Row => {
    const text = line.number === undefined ? line.text : `${line.text} ·\u00a0${line.number}`;
    return [
      [{ text: day(line.day, "medium"), style: styles.figure }],
      [{ text, style: styles.figure }],
      [{ text: money(line.amount), style: styles.figure }],
      ...balances(line),
    ];
  });
  const nothing: Row = [[], [{ text: words.noActivity, style: styles.body }]];
  return {
    isDense: true,
    columns: [
      { head: words.day, align: "left" },
      { head: words.activity, align: "left", grows: true },
      ...[speech.amountHead, words.outstanding, words.retainerLeft].map(column),
      ...(hasCredit ? [column(words.creditBalance)] : []),
    ],
    rows: [
      end(view.from, words.opening, view.opening),
      ...(lines.length > 0 ? lines : [nothing]),
      end(view.to, words.closing, view.closing),
    ],
  };
}

function retainersOf(view: StatementView, { words, money, day }: Speech): Table {
  const figure = (text: string) => [{ text, style: styles.figure }];
  return {
    heading: words.retainers,
    isDense: true,
    columns: [
      { head: words.retainerNumber, align: "left", grows: true },
      column(words.day),
      ...[words.funded, words.drawn, words.refunded, words.remaining].map(column),
    ],
    rows: view.retainers.map((each) => [
      [{ text: each.number, style: styles.strong }],
      figure(day(each.date, "medium")),
      ...[each.funded, each.drawn, each.refunded].map((amount) => figure(money(amount))),
      [{ text: money(each.remaining), style: styles.strong }],
    ]),
  };
}

function headlineOf(view: StatementView, { words, money }: Speech): string {
  const { outstanding, unapplied } = view.closing;
  const owed = outstanding > 0 ? words.owed(money(outstanding)) : words.nothingOwed;
  return unapplied > 0 ? [owed, words.onRetainer(money(unapplied))].join(joint) : owed;
}

function drawFrom(sheet: Sheet, view: StatementView, { words, days }: Speech): void {
  const { agency } = view;
  const taxId = agency.taxId === undefined ? undefined : words.taxId(agency.taxId);
  drawLetterhead(sheet, { agency, title: words.statement, number: days(view.from, view.to) });
  drawParties(sheet, [
    agencyParty(words.from, agency, taxId),
    { label: words.customer, lines: view.customer.lines },
  ]);
}

export async function renderStatementPdf(view: StatementView): Promise<Uint8Array> {
  const speech = speechOf(view);
  const { words, locale, days } = speech;
  const name = `${words.statement} ${days(view.from, view.to)}`;
  const sheet = openSheet({
    title: `${name}${joint}${view.agency.name}`,
    author: view.agency.name,
    locale,
    paper: view.paper,
    madeAt: madeAtOf(view.to),
  });
  drawFrom(sheet, view, speech);
  drawHeadline(sheet, headlineOf(view, speech), []);
  drawTable(sheet, ledgerOf(view, speech));
  if (view.retainers.length > 0) {
    drawTable(sheet, retainersOf(view, speech));
  }
  if (view.closing.outstanding > 0) {
    drawAging(sheet, view.aging, speech);
  }
  return closeSheet(sheet, { text: [name, view.agency.name].join(joint), page: words.page });
}

import type { Stamp } from "./letterhead.ts";
import { agencyParty, type Fact, type Party } from "./parties.ts";
import type { Tile } from "./passages.ts";
import type { Speech } from "./speech.ts";
import { type Meaning, styles } from "./styles.ts";
import type { Cell, Column, Row, Table } from "./table.ts";
import type { TotalRow } from "./totals.ts";
import type { DocumentStatus, DocumentView, Minor } from "./view.ts";
import type { Words } from "./words/en.ts";

type StampedStatus = keyof Words["stamps"];

const stampMeanings: Record<StampedStatus, Meaning> = {
  Draft: "quiet",
  Pending: "waiting",
  Paid: "good",
  Refunded: "quiet",
  Canceled: "quiet",
  Approved: "good",
  Declined: "quiet",
  Expired: "quiet",
  Converted: "good",
  Applied: "quiet",
  Void: "quiet",
};

const isStamped = (status: DocumentStatus): status is StampedStatus =>
  Object.hasOwn(stampMeanings, status);

export function stampOf(status: DocumentStatus, { words }: Speech): Stamp | undefined {
  if (!isStamped(status)) return undefined;
  return { text: words.stamps[status], meaning: stampMeanings[status] };
}

export function partiesOf(view: DocumentView, { words }: Speech): Party[] {
  const taxId = view.agency.taxId === undefined ? undefined : words.taxId(view.agency.taxId);
  const to = view.kind === "quote" ? words.quotedTo : words.billedTo;
  const parties = [
    agencyParty(words.from, view.agency, taxId),
    { label: view.kind === "credit" ? words.customer : to, lines: view.customer.lines },
  ];
  if (view.shipTo) parties.push({ label: words.shippedTo, lines: view.shipTo.lines });
  return parties;
}

export function factsOf(view: DocumentView, { words, day, days }: Speech): Fact[] {
  const facts: Fact[] = [{ label: words.issued, value: day(view.date) }];
  const add = (label: string, value: string | undefined) => {
    if (value !== undefined && value !== "") facts.push({ label, value });
  };
  add(words.due, view.dueDate && day(view.dueDate));
  const until = view.kind === "credit" ? words.expires : words.validUntil;
  add(until, view.validUntil && day(view.validUntil));
  const covers = view.retainer ? words.covers : words.period;
  add(covers, view.period && days(view.period.from, view.period.to));
  add(words.poNumber, view.poNumber);
  for (const { name, value } of view.extraFields ?? []) add(name, value);
  return facts;
}

const sumOf = (entries: readonly { amount: Minor }[]) =>
  entries.reduce((sum, entry) => sum + entry.amount, 0);

function dueLine(view: DocumentView, { words, money, day }: Speech): string {
  if (view.balance <= 0) return words.nothingDue;
  const amount = money(view.balance);
  return view.dueDate ? words.dueBy(amount, day(view.dueDate)) : words.dueSoon(amount);
}

function paidLine(view: DocumentView, { words, money }: Speech): string {
  const total = money(view.total);
  if (view.kind === "retainer") return words.paidInAdvance(total);
  const isAllDrawn = view.total > 0 && sumOf(view.retainersDrawn) === view.total;
  return isAllDrawn ? words.paidFromRetainer(total) : words.paidInFull(total);
}

function quoteLine(view: DocumentView, { words, money, day }: Speech): string {
  const total = money(view.total);
  return isOpenQuote(view) && view.validUntil
    ? words.quotedUntil(total, day(view.validUntil))
    : total;
}

function creditLine(view: DocumentView, { words, money }: Speech): string {
  const isUntouched = view.balance === view.total || view.status === "Draft";
  const total = money(view.total);
  if (view.status === "Void" || isUntouched) return words.credited(total);
  return words.creditLeft(money(view.balance), total);
}

/** "How much, until when": the one sentence that the paper is about. */
export function headlineOf(view: DocumentView, speech: Speech): string {
  const { words, money } = speech;
  if (view.kind === "quote") return quoteLine(view, speech);
  if (view.kind === "credit") return creditLine(view, speech);
  if (view.status === "Canceled") return words.canceledAmount(money(view.total));
  if (view.status === "Refunded") return words.refundedInFull(money(view.total));
  if (view.status === "Pending") return words.onItsWay(money(view.balance));
  return view.status === "Paid" ? paidLine(view, speech) : dueLine(view, speech);
}

const isOpenQuote = ({ kind, status }: DocumentView) =>
  kind === "quote" && (status === "Sent" || status === "Draft");

/** What a retainer is, as long as that still lies ahead of the reader. */
function retainerNoteOf(view: DocumentView, words: Words): string | undefined {
  const { kind, retainer } = view;
  if (retainer && isOpenQuote(view)) return words.retainerQuoteNote;
  if (kind !== "retainer" || view.status === "Canceled") return undefined;
  if (!retainer || retainer.funded === 0) return words.retainerNote;
  return retainer.remaining > 0 ? words.fundedNote : undefined;
}

export function notesOf(view: DocumentView, { words }: Speech): string[] {
  const note = retainerNoteOf(view, words);
  return [...(note ? [note] : []), ...(view.header ? [view.header] : [])];
}

/** How a retainer's money was used; before any came in there is nothing to tell. */
export function tilesOf(view: DocumentView, { words, money }: Speech): Tile[] {
  const { retainer } = view;
  if (!retainer || retainer.funded === 0) return [];
  const tiles = [
    { label: words.funded, value: money(retainer.funded) },
    { label: words.drawn, value: money(retainer.drawn) },
  ];
  if (retainer.refunded > 0) {
    tiles.push({ label: words.refunded, value: money(retainer.refunded) });
  }
  return [...tiles, { label: words.remaining, value: money(retainer.remaining) }];
}

/** Columns that no line uses are left out. */
export function linesOf(view: DocumentView, speech: Speech): Table {
  const { words, money, number } = speech;
  const figure = (text: string): Cell => [{ text, style: styles.figure }];
  const hasDiscounts = view.lines.some((line) => line.discount);
  const hasTaxes = view.lines.some((line) => line.taxes);
  const right = (head: string, widthMax?: number): Column =>
    widthMax === undefined ? { head, align: "right" } : { head, align: "right", widthMax };
  const columns: Column[] = [
    { head: words.description, align: "left", grows: true },
    right(words.quantity),
    right(words.price),
    ...(hasDiscounts ? [right(words.discount, 60)] : []),
    ...(hasTaxes ? [right(words.tax, 60)] : []),
    right(speech.amountHead),
  ];
  const rows = view.lines.map((line): Row => {
    const name = { text: line.name, style: styles.strong };
    const text = { text: (line.description ?? "").trim(), style: styles.small };
    return [
      text.text === "" ? [name] : [name, text],
      figure(number(line.quantity)),
      figure(money(line.price)),
      ...(hasDiscounts ? [figure(line.discount ?? "")] : []),
      ...(hasTaxes ? [figure(line.taxes ?? "")] : []),
      figure(money(line.total)),
    ];
  });
  return { columns, rows };
}

function sumRows(view: DocumentView, { words, money }: Speech): TotalRow[] {
  const rows: TotalRow[] = [];
  const add = (label: string, amount: Minor) => rows.push({ label, amount: money(amount) });
  const added = view.taxIncluded ? [] : view.taxes;
  const isPlain = view.discountTotal === 0 && added.length + view.extraCharges.length === 0;
  if (!isPlain) add(words.subTotal, view.subTotal);
  if (view.discountTotal !== 0) add(words.discount, -view.discountTotal);
  for (const { name, amount } of [...added, ...view.extraCharges]) add(name, amount);
  rows.push({ label: words.total, amount: money(view.total), weight: "strong" });
  for (const tax of view.taxIncluded ? view.taxes : []) {
    rows.push({ label: words.including(tax.name), amount: money(tax.amount), weight: "quiet" });
  }
  return rows;
}

/** Each retainer, credit and payment as a line of its own: what was paid, from where, and when. */
function paidRows(view: DocumentView, { words, money, day }: Speech): TotalRow[] {
  type Paid = { label: string; date: string; amount: Minor };
  const row = ({ label, date, amount }: Paid): TotalRow => ({
    label,
    note: day(date, "medium"),
    amount: money(-amount),
  });
  return [
    ...view.retainersDrawn.map((each) => row({ ...each, label: words.fromRetainer(each.number) })),
    ...view.creditsApplied.map((each) => row({ ...each, label: words.creditUsed(each.number) })),
    ...view.paymentsReceived.map((each) => row({ ...each, label: words.paidWith(each.method) })),
  ];
}

export function totalsOf(view: DocumentView, speech: Speech): TotalRow[] {
  const { words, money } = speech;
  const rows = [...sumRows(view, speech), ...paidRows(view, speech)];
  const rest = (label: string): TotalRow => ({
    label,
    amount: money(view.balance),
    weight: "toPay",
  });
  if (view.kind === "quote") return rows;
  if (view.kind !== "credit") return [...rows, rest(words.toPay)];
  const used = view.total - view.balance;
  if (view.status === "Void" || used === 0) return rows;
  return [...rows, { label: words.drawn, amount: money(-used) }, rest(words.creditRest)];
}

import { drawHeading } from "./passages.ts";
import { artifact, drawLines, element, marked, newPage, roomLeft, type Sheet } from "./sheet.ts";
import type { Speech } from "./speech.ts";
import { styles } from "./styles.ts";
import { heightOf, wrap } from "./text.ts";
import type { AgingView, Minor } from "./view.ts";

type Bucket = { label: string; amount: Minor; color: string };

const spaceAbove = 26;
const barHeight = 8;
const gap = 12;
const swatch = 6;
/** A sliver is still seen. */
const shareMin = 0.008;

/** Later is warmer; the words beside each colour say the same. */
function bucketsOf(aging: AgingView, { words }: Speech): Bucket[] {
  return [
    { label: words.current, amount: aging.current, color: "#a9b4c4" },
    { label: words.daysLate("1–30"), amount: aging.days1to30, color: "#ecc26b" },
    { label: words.daysLate("31–60"), amount: aging.days31to60, color: "#e09a3e" },
    { label: words.daysLate("61–90"), amount: aging.days61to90, color: "#cf6a35" },
    { label: words.daysLate("90+"), amount: aging.over90, color: "#b3372f" },
  ];
}

function drawBar(sheet: Sheet, buckets: readonly Bucket[]): void {
  const filled = buckets.filter(({ amount }) => amount > 0);
  const total = filled.reduce((sum, { amount }) => sum + amount, 0);
  const shares = filled.map(({ amount }) => Math.max(shareMin, amount / total));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  artifact(sheet, () => {
    sheet.doc.save().roundedRect(sheet.left, sheet.y, sheet.width, barHeight, 3).clip();
    let x = sheet.left;
    filled.forEach(({ color }, i) => {
      const width = (sheet.width * (shares[i] ?? 0)) / whole;
      sheet.doc.rect(x, sheet.y, width, barHeight).fill(color);
      x += width;
    });
    sheet.doc.restore();
  });
}

/** How old the money is that is still to pay: a bar, and each part of it in words and figures. */
export function drawAging(sheet: Sheet, aging: AgingView, speech: Speech): void {
  const buckets = bucketsOf(aging, speech);
  const width = (sheet.width - gap * (buckets.length - 1)) / buckets.length;
  const laid = buckets.map((bucket) => ({
    color: bucket.color,
    label: wrap(bucket.label, styles.label, width - swatch - 5),
    value: wrap(
      speech.money(bucket.amount),
      bucket.amount > 0 ? styles.strong : styles.body,
      width,
    ),
  }));
  const labelHeight = Math.max(...laid.map(({ label }) => heightOf(label)));
  const valueHeight = Math.max(...laid.map(({ value }) => heightOf(value)));
  const height = spaceAbove + barHeight + labelHeight + valueHeight + 34;
  if (height > roomLeft(sheet)) newPage(sheet);
  else sheet.y += spaceAbove;
  element(sheet, "Sect", () => {
    drawHeading(sheet, speech.words.aging);
    sheet.y += 4;
    drawBar(sheet, buckets);
    sheet.y += barHeight + 10;
    laid.forEach(({ color, label, value }, i) => {
      const x = sheet.left + i * (width + gap);
      const { y } = sheet;
      artifact(sheet, () => sheet.doc.roundedRect(x, y + 3, swatch, swatch, 1.5).fill(color));
      marked(sheet, "P", () => drawLines(sheet, label, { x: x + swatch + 5, y }));
      marked(sheet, "P", () => drawLines(sheet, value, { x: x + swatch + 5, y: y + labelHeight }));
    });
    sheet.y += labelHeight + valueHeight;
  });
}

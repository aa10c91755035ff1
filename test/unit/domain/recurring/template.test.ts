import { expect, test } from "vitest";
import { spanOf } from "../../../../domain/recurring/template.ts";
import { placeholdersFor } from "../../../../functions/recurring/placeholders.ts";

const monthly = { startOn: "2027-01-31", frequency: "monthly" } as const;

test.each([
  [0, null, { from: "2027-01-31", to: "2027-02-27" }],
  [1, null, { from: "2027-02-28", to: "2027-03-30" }],
  [0, { from: "2027-01-01", to: "2027-01-31" }, { from: "2027-01-01", to: "2027-01-31" }],
  [1, { from: "2027-01-01", to: "2027-01-31" }, { from: "2027-02-01", to: "2027-02-28" }],
  [13, { from: "2027-01-01", to: "2027-01-31" }, { from: "2028-02-01", to: "2028-02-29" }],
])("occurrence %i with the period %j stands for %j", (position, period, span) => {
  expect(spanOf(monthly, position, period)).toEqual(span);
});

test.each([
  ["en-US", "Care, February 2027 (Q1 2027), February 1 – 28, 2027, 2027"],
  ["de-DE", "Care, Februar 2027 (Q1 2027), 1.–28. Februar 2027, 2027"],
  ["fr-FR", "Care, février 2027 (T1 2027), 1–28 février 2027, 2027"],
  ["es-ES", "Care, febrero de 2027 (T1 2027), 1–28 de febrero de 2027, 2027"],
])("in %s placeholders say the occurrence's own days", (locale, text) => {
  const span = { from: "2027-02-01", to: "2027-02-28" };
  const fill = placeholdersFor({ date: "2027-02-01", span }, locale);
  const filled = fill("Care, {month} ({quarter}), {period}, {year}");
  expect(filled.replace(/\s/g, " ")).toBe(text.replace(/\s/g, " "));
  expect(fill("{unknown} {}")).toBe("{unknown} {}");
});

import { expect, it } from "vitest";
import { paperOf } from "../../../../functions/pdf/paper.ts";

it.each([
  ["en-US", undefined, "Letter"],
  ["fr-CA", undefined, "Letter"],
  ["de-DE", undefined, "A4"],
  ["en", undefined, "A4"],
  ["en-US", "GB", "A4"],
  ["de-DE", "us", "Letter"],
] as const)("chooses the paper of %s and %s", (locale, country, paper) => {
  expect(paperOf(locale, country)).toBe(paper);
});

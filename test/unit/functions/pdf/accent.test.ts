import fc from "fast-check";
import { expect, it } from "vitest";
import { contrastOnWhite, readableAccent } from "../../../../functions/pdf/accent.ts";

const hexColor = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

it("leaves a colour that reads on white as it is", () => {
  expect(readableAccent("#0f766e")).toBe("#0f766e");
  expect(readableAccent("1D4ED8")).toBe("#1d4ed8");
});

it("darkens any colour until it reads on white", () => {
  fc.assert(
    fc.property(hexColor, (hex) => {
      expect(contrastOnWhite(readableAccent(hex))).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

it("keeps the hue of what it darkens", () => {
  const darkened = readableAccent("#facc15");
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(darkened.slice(at, at + 2), 16),
  );
  expect(red).toBeGreaterThan(green);
  expect(green).toBeGreaterThan(blue + 60);
});

it("reads short colours and falls back for what is none", () => {
  expect(readableAccent("#036")).toBe("#003366");
  for (const none of [undefined, "", "red", "#12", "url(x)"])
    expect(contrastOnWhite(readableAccent(none))).toBeGreaterThan(10);
});

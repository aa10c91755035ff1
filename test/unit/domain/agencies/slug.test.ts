import fc from "fast-check";
import { expect, test } from "vitest";
import { isSlug, slugMax, slugOf } from "../../../../domain/agencies/slug.ts";

test.each([
  ["Studio North", "studio-north"],
  ["  Ärzte & Söhne GmbH  ", "arzte-sohne-gmbh"],
  ["C++/Rust", "c-rust"],
  ["株式会社", "agency"],
  ["---", "agency"],
])("%s stands in an address as %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test.each(["", "A", "a b", "-a", "a-", "a--b", "ä", "a/b", "a".repeat(slugMax + 1)])(
  "%j may not stand in an address",
  (text) => {
    expect(isSlug(text)).toBe(false);
  },
);

test("every name has an address, with room for what tells two of them apart", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (name) => {
      const slug = slugOf(name);
      expect(isSlug(slug)).toBe(true);
      expect(isSlug(`${slug}-12345678`)).toBe(true);
    }),
  );
});

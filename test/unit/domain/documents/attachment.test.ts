import fc from "fast-check";
import { expect, test } from "vitest";
import { attachmentNamed } from "../../../../domain/documents/attachment.ts";

const form = /^attachment; filename="([^"]*)"; filename\*=UTF-8''(.*)$/;

test("a name within ASCII stays as it is", () => {
  expect(attachmentNamed("INV-0001.pdf")).toBe(
    `attachment; filename="INV-0001.pdf"; filename*=UTF-8''INV-0001.pdf`,
  );
});

test("no name can end its quotes or begin another header, and each comes back whole", () => {
  const names = fc.string({ unit: "binary", minLength: 1 }).filter((name) => name.isWellFormed());
  fc.assert(
    fc.property(names, (name) => {
      const [, plain = "", extended = ""] = form.exec(attachmentNamed(name)) ?? [];
      expect(plain).toMatch(/^[\x20-\x7e]+$/);
      expect(plain).not.toMatch(/["\\]/);
      expect(extended).toMatch(/^[\w!#$&+.^`|~%-]+$/);
      expect(decodeURIComponent(extended)).toBe(name);
    }),
  );
});

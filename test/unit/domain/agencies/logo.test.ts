import { expect, test } from "vitest";
import { isLogo, logoBytesMax } from "../../../../domain/agencies/logo.ts";

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpeg = [0xff, 0xd8, 0xff];
const image = (type: string, opening: readonly number[], size = 100): string => {
  const bytes = Buffer.alloc(size);
  bytes.set(opening);
  return `data:image/${type};base64,${bytes.toString("base64")}`;
};

test.each([
  ["a PNG", image("png", png), true],
  ["a JPEG", image("jpeg", jpeg), true],
  ["as large as it may be", image("png", png, logoBytesMax), true],
  ["larger", image("png", png, logoBytesMax + 1), false],
  ["a JPEG that says it is a PNG", image("png", jpeg), false],
  ["a PNG that says it is a JPEG", image("jpeg", png), false],
  ["cut off in its first bytes", image("png", png.slice(0, 4), 4), false],
  ["a drawing with scripts", image("svg+xml", png), false],
  ["an address", "https://acme.test/logo.png", false],
  ["followed by something else", `${image("png", png)}" onerror="alert(1)`, false],
  ["preceded by something else", ` ${image("png", png)}`, false],
  ["nothing", "", false],
])("an image that is %s: %s", (_what, text, isOne) => {
  expect(isLogo(text)).toBe(isOne);
});

import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { zipOf } from "../../../../functions/documents/invoice-zip.ts";

const madeAt = "2027-03-01T09:00:00.000Z";
const file = (filename: string, text: string) => ({ filename, bytes: Buffer.from(text) });

test("papers of the same name stay apart", () => {
  const zip = zipOf([file("A.pdf", "1"), file("A.pdf", "2"), file("A.pdf", "3")], madeAt);
  const texts = Object.entries(unzipSync(zip)).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString(),
  ]);
  expect(texts).toEqual([
    ["A.pdf", "1"],
    ["A-2.pdf", "2"],
    ["A-3.pdf", "3"],
  ]);
});

test("names beyond ASCII come back, and the same papers make the same zip", () => {
  const files = [file("Rechnung-Ä.pdf", "1")];
  expect(Object.keys(unzipSync(zipOf(files, madeAt)))).toEqual(["Rechnung-Ä.pdf"]);
  expect(zipOf(files, madeAt)).toEqual(zipOf(files, madeAt));
});

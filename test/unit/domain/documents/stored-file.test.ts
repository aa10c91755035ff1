import { describe, expect, test } from "vitest";
import {
  type FileType,
  fileTypeNames,
  fileTypes,
  fitsName,
  looksLike,
} from "../../../../domain/documents/file-types.ts";
import { documentAt, documentKey, zipKey } from "../../../../domain/documents/object-key.ts";
import {
  announceFile,
  changeFile,
  receiveUpload,
  type StoredFile,
} from "../../../../domain/documents/stored-file.ts";

const now = "2027-03-01T09:00:00.000Z";
const agency = "agy_00000000000000000000000000" as const;
const id = "doc_00000000000000000000000000" as const;
const customer = "cus_00000000000000000000000000" as const;

const anAnnounced = (file: Partial<StoredFile["file"]> = {}): StoredFile =>
  announceFile(
    {
      ...{ customer, attachedTo: customer, visible: true },
      file: { name: "a.pdf", contentType: "application/pdf", size: 9, ...file },
    },
    { id, by: { apiKey: "key_00000000000000000000000000" }, now },
  );

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

const heads: Readonly<Record<FileType, Uint8Array>> = {
  "application/pdf": bytes("%PDF-1.7\n"),
  "image/png": bytes([0x89], "PNG\r\n", [0x1a], "\n"),
  "image/jpeg": bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0x10], "JFIF"),
  "image/webp": bytes("RIFF", [1, 2, 3, 4], "WEBPVP8 "),
  "text/plain": bytes("Grüße,\r\nAnn"),
  "text/csv": bytes("a;b\n1;2\n"),
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": bytes("PK", [3, 4]),
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": bytes("PK", [3, 4]),
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": bytes("PK", [3, 4]),
  "application/zip": bytes("PK", [3, 4]),
};

const isTextual = (type: FileType): boolean => type.startsWith("text/");
const isPacked = (type: FileType): boolean => /zip|openxml/.test(type);
/** Whether a file of one type can't be told from one of the other by its beginning. */
const areAlike = (one: FileType, other: FileType): boolean =>
  one === other || (isTextual(one) && isTextual(other)) || (isPacked(one) && isPacked(other));

describe("what may be uploaded", () => {
  test("is nothing that a browser would run", () => {
    expect(fileTypeNames.filter((type) => /html|svg|xml$|script/.test(type))).toEqual([]);
  });

  describe.each(fileTypeNames)("as %s", (type) => {
    test("begins like it, and not like any other", () => {
      for (const other of fileTypeNames) {
        // A PDF or a page is text, too, to somebody who only looks for zero bytes.
        if (isTextual(type)) continue;
        expect([other, looksLike(type, heads[other])]).toEqual([other, areAlike(type, other)]);
      }
      expect(looksLike(type, heads[type])).toBe(true);
      expect(looksLike(type, bytes("a", [0], "b"))).toBe(false);
    });

    test("has a name that ends like it, in any case, and not like any other", () => {
      for (const ending of fileTypes[type]) {
        expect(fitsName(type, `a${ending}`)).toBe(true);
        expect(fitsName(type, `A${ending.toUpperCase()}`)).toBe(true);
        expect(fitsName(type, ending)).toBe(false);
        expect(fitsName(type, `a${ending}.exe`)).toBe(false);
      }
      expect(fitsName(type, "a")).toBe(false);
    });
  });

  test("is a PDF also where its mark comes late, but within the first bytes", () => {
    expect(looksLike("application/pdf", bytes("\n\n%PDF-1.4"))).toBe(true);
    expect(looksLike("application/pdf", bytes("%PD"))).toBe(false);
    expect(looksLike("application/pdf", new Uint8Array())).toBe(false);
  });
});

describe("an upload", () => {
  const good = { size: 9, contentType: "application/pdf", head: heads["application/pdf"] };

  test("that is what was announced makes the document available", () => {
    expect(receiveUpload(anAnnounced(), good, "2027-03-01T09:01:00.000Z")).toMatchObject({
      ...{ status: "Available", refusal: null, version: 2 },
      updatedAt: "2027-03-01T09:01:00.000Z",
    });
  });

  test.each([
    ["another size", { size: 10 }, "10 bytes were uploaded, 9 were announced."],
    ["no size", { size: Number.NaN }, "NaN bytes were uploaded, 9 were announced."],
    [
      "another type",
      { contentType: "text/html" },
      "text/html was uploaded, application/pdf was announced.",
    ],
    ["other content", { head: bytes("<html>") }, "The content is not application/pdf."],
  ])("of %s is refused, and why is told", (_case, wrong, refusal) => {
    const received = receiveUpload(anAnnounced(), { ...good, ...wrong }, now);
    expect(received).toMatchObject({ status: "Refused", refusal, version: 2 });
    expect(received.file).toEqual(anAnnounced().file);
  });
});

test("what isn't said doesn't change", () => {
  const before = anAnnounced();
  expect(changeFile(before, {}, now)).toEqual({ ...before, version: 2 });
  expect(changeFile(before, { visible: false }, now)).toMatchObject({
    ...{ visible: false, file: before.file },
  });
  expect(changeFile(before, { name: "b.pdf" }, now)).toMatchObject({
    ...{ visible: true, file: { ...before.file, name: "b.pdf" } },
  });
});

describe("a key in the storage", () => {
  test("tells whose document it is", () => {
    expect(documentAt(documentKey(agency, id))).toEqual({ agency, id });
  });

  test.each([
    ["a zip", zipKey(agency, "zip_00000000000000000000000000")],
    ["another folder", `other/${agency}/${id}`],
    ["something below a document", `${documentKey(agency, id)}/x`],
    ["no agency", `documents//${id}`],
    ["another id's form", `documents/${agency}/${agency}`],
    ["nothing", ""],
  ])("of %s is no document's", (_case, key) => {
    expect(documentAt(key)).toBeUndefined();
  });
});

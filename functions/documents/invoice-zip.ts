import { zipSync } from "fflate";
import type { PdfFile } from "./document-pdf.ts";

/** Stored as they are: PDFs are compressed already. */
const asTheyAre = 0;

/** Names differ in a zip, or unpacking would lose all files of a name but the last. */
export function zipOf(files: readonly PdfFile[], madeAt: string): Uint8Array {
  const named: Record<string, Uint8Array> = {};
  for (const { filename, bytes } of files) named[freeName(filename, named)] = bytes;
  return zipSync(named, { level: asTheyAre, mtime: madeAt });
}

function freeName(filename: string, taken: Readonly<Record<string, unknown>>): string {
  if (!(filename in taken)) return filename;
  const stem = filename.replace(/\.pdf$/, "");
  for (let copy = 2; ; copy += 1) {
    const name = `${stem}-${copy}.pdf`;
    if (!(name in taken)) return name;
  }
}

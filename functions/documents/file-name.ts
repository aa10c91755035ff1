/** A document's number as the name of a file that every system takes. */
export function pdfName(number: string | null, id: string): string {
  const name = (number ?? `draft-${id.slice(-8)}`).replace(/[^\p{L}\p{N}._-]+/gu, "-");
  return `${name.replace(/^[.-]+|-+$/g, "") || id}.pdf`;
}

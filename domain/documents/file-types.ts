/**
 * What may be uploaded, and how names of such files end. Nothing that a browser would run: a page or a drawing
 * with scripts in it would speak for the agency to its customers.
 */
export const fileTypes = {
  "application/pdf": [".pdf"],
  "image/png": [".png"],
  "image/jpeg": [".jpg", ".jpeg"],
  "image/webp": [".webp"],
  "text/plain": [".txt"],
  "text/csv": [".csv"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [".docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": [".pptx"],
  "application/zip": [".zip"],
} as const satisfies Record<string, readonly string[]>;

export type FileType = keyof typeof fileTypes;
export const fileTypeNames = Object.keys(fileTypes) as [FileType, ...FileType[]];

export const fileSizeMax = 25 * 1_024 * 1_024;

/** Systems open a file by the end of its name, so the name must not promise another type. */
export function fitsName(type: FileType, name: string): boolean {
  const lowered = name.toLowerCase();
  return fileTypes[type].some((ending) => lowered.endsWith(ending) && lowered !== ending);
}

/** As many bytes of a file's beginning as tell its type. */
export const headBytes = 1_024;

const begins = (head: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  bytes.every((byte, index) => head[at + index] === byte);

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

const isText = (head: Uint8Array): boolean => !head.includes(0);
/** The office's formats are zips, too. */
const isZip = (head: Uint8Array): boolean => begins(head, [0x50, 0x4b, 0x03, 0x04]);

const looks: Readonly<Record<FileType, (head: Uint8Array) => boolean>> = {
  // Readers take a PDF whose mark stands anywhere in its first kilobyte.
  "application/pdf": (head) => head.some((_, at) => begins(head, ascii("%PDF-"), at)),
  "image/png": (head) => begins(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  "image/jpeg": (head) => begins(head, [0xff, 0xd8, 0xff]),
  "image/webp": (head) => begins(head, ascii("RIFF")) && begins(head, ascii("WEBP"), 8),
  "text/plain": isText,
  "text/csv": isText,
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": isZip,
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": isZip,
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": isZip,
  "application/zip": isZip,
};

/** Whether the content begins as files of the type do. */
export const looksLike = (type: FileType, head: Uint8Array): boolean => looks[type](head);

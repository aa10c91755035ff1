import * as z from "zod";
import { actorSchema } from "../shared/journal.ts";
import { idOf, maybe, recordFields } from "../shared/schema.ts";
import { fileTypeNames, looksLike } from "./file-types.ts";

/** Announced: nothing was uploaded yet. Refused: what was uploaded is not what was announced. */
export const fileStatuses = ["Announced", "Available", "Refused"] as const;

/**
 * A file of the agency's that is attached to a customer, or to one of its invoices, quotes or payments. The
 * API calls it a document; here that word belongs to invoices and quotes.
 */
export const storedFileSchema = z.object({
  id: idOf("document"),
  customer: idOf("customer"),
  attachedTo: z.string(),
  status: z.enum(fileStatuses),
  /** Whether contacts see it in the portal. */
  visible: z.boolean(),
  file: z.object({
    name: z.string(),
    contentType: z.enum(fileTypeNames),
    size: z.number().int().positive(),
  }),
  /** Why the upload was refused. */
  refusal: maybe(z.string()),
  /** Who announced it. */
  by: maybe(actorSchema),
  ...recordFields,
});
export type StoredFile = z.infer<typeof storedFileSchema>;

export type FileTerms = Pick<StoredFile, "customer" | "attachedTo" | "visible" | "file">;

export function announceFile(
  terms: FileTerms,
  { id, by, now }: Pick<StoredFile, "id" | "by"> & { readonly now: string },
): StoredFile {
  const stamps = { createdAt: now, updatedAt: now, version: 1 };
  return { id, ...terms, status: "Announced", refusal: null, by, ...stamps };
}

/** What lies in the storage. */
export interface Upload {
  readonly size: number;
  readonly contentType: string;
  /** Its first bytes. */
  readonly head: Uint8Array;
}

/**
 * What an upload makes of an announced file. The link that it came by is signed for one size and one type;
 * this looks again, and at the content, since a type is only what the uploader says.
 */
export function receiveUpload(file: StoredFile, upload: Upload, now: string): StoredFile {
  const refusal = refusalOf(file, upload);
  return {
    ...file,
    status: refusal === null ? "Available" : "Refused",
    refusal,
    updatedAt: now,
    version: file.version + 1,
  };
}

function refusalOf({ file }: StoredFile, { size, contentType, head }: Upload): string | null {
  if (size !== file.size) return `${size} bytes were uploaded, ${file.size} were announced.`;
  if (contentType !== file.contentType) {
    return `${contentType} was uploaded, ${file.contentType} was announced.`;
  }
  if (!looksLike(file.contentType, head)) return `The content is not ${file.contentType}.`;
  return null;
}

export type FileChanges = Partial<Pick<StoredFile, "visible"> & { readonly name: string }>;

export function changeFile(
  stored: StoredFile,
  { visible = stored.visible, name = stored.file.name }: FileChanges,
  now: string,
): StoredFile {
  const file = { ...stored.file, name };
  return { ...stored, visible, file, updatedAt: now, version: stored.version + 1 };
}

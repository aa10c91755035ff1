import * as z from "zod";
import { fileTypeNames } from "../../../domain/documents/file-types.ts";
import { fileStatuses } from "../../../domain/documents/stored-file.ts";
import { instant, listOf, nullableText, stored } from "../replies.ts";

/** Signed and absolute; works for minutes. */
export const link = { url: z.string(), expiresAt: instant };

const row = {
  id: z.string(),
  name: z.string(),
  contentType: z.enum(fileTypeNames),
  size: z.number().int().meta({ description: "Bytes" }),
  visible: z.boolean().meta({ description: "Whether contacts see it in the portal" }),
  status: z.enum(fileStatuses),
  customer: z.string(),
  invoice: nullableText,
  quote: nullableText,
  payment: nullableText,
  ...stored,
};

export const documentListReply = listOf(z.strictObject(row)).meta({ id: "Documents" });

export const documentReply = z
  .strictObject({
    ...row,
    refusal: nullableText.meta({ description: "Why what was uploaded was refused" }),
    /** How to upload it: told once, when it is announced. */
    upload: z
      .strictObject({
        ...link,
        method: z.literal("PUT"),
        headers: z.record(z.string(), z.string()),
      })
      .nullable(),
    /** Where to fetch it, once it is available. */
    download: z.strictObject(link).nullable(),
  })
  .meta({ id: "Document" });

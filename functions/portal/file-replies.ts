import * as z from "zod";
import { fileTypeNames } from "../../domain/documents/file-types.ts";
import { zipStatuses } from "../../domain/documents/invoice-zip.ts";
import { link } from "../api/documents/replies.ts";
import { instant, listOf, nullableText } from "../api/replies.ts";

const documentRow = {
  id: z.string(),
  name: z.string(),
  contentType: z.enum(fileTypeNames),
  size: z.number().int(),
  createdAt: instant,
  /** null: to the customer itself. */
  attachedTo: z
    .strictObject({
      kind: z.enum(["invoice", "quote", "payment"]),
      id: z.string(),
      number: nullableText,
    })
    .nullable(),
};
export const portalDocumentsReply = listOf(z.strictObject(documentRow)).meta({
  id: "PortalDocuments",
});
export const portalDocumentReply = z
  .strictObject({ ...documentRow, ...link })
  .meta({ id: "PortalDocument" });

/** The link works from the moment at which the zip is Ready. */
export const zipReply = z
  .strictObject({ id: z.string(), status: z.enum(zipStatuses), ...link })
  .meta({ id: "PortalZip" });

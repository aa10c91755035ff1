import { announceDocument } from "../api/documents/announce-document.ts";
import { deleteDocument } from "../api/documents/delete-document.ts";
import { getDocument } from "../api/documents/get-document.ts";
import { listDocuments } from "../api/documents/list-documents.ts";
import { patchDocument } from "../api/documents/patch-document.ts";
import { buildArea } from "../kit/area.ts";
import {
  getDocument as getOwnDocument,
  listDocuments as listOwnDocuments,
} from "../portal/documents.ts";
import { askInvoiceZip, getInvoiceZip } from "../portal/invoice-zips.ts";

export const build = buildArea({
  area: "documents",
  operations: [
    announceDocument,
    listDocuments,
    getDocument,
    patchDocument,
    deleteDocument,
    listOwnDocuments,
    getOwnDocument,
    askInvoiceZip,
    getInvoiceZip,
  ],
});

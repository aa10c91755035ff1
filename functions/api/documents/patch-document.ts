import { fitsName } from "../../../domain/documents/file-types.ts";
import { saveFile } from "../../../domain/documents/stored-file.store.ts";
import { changeFile } from "../../../domain/documents/stored-file.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { invalid } from "../../kit/refused.ts";
import { requireFile } from "./required.ts";
import { documentsRoutes } from "./routes.ts";
import { endingOf } from "./schemas.ts";
import { documentView, downloadOf } from "./view.ts";

/** The content stays: a new version of a file is a new document. */
export const patchDocument = operation(documentsRoutes.patchDocument, async (call) => {
  const stored = await requireFile(call);
  const { name, visible } = call.body();
  const { contentType } = stored.file;
  if (name !== undefined && !fitsName(contentType, name)) {
    throw invalid([{ pointer: "#/name", detail: endingOf(contentType) }]);
  }
  call.requireVersion(stored);
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(visible === undefined ? {} : { visible }),
  };
  const next = changeFile(stored, changes, call.now);
  const { id: subject, customer } = next;
  return {
    status: 200,
    body: documentView(next, { download: await downloadOf(call, next) }),
    writes: [
      saveFile(call.tenant, next),
      eventOf(call, { type: "document.updated", subject, customer }),
    ],
  };
});

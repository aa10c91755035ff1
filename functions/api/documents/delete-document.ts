import { removeFile } from "../../../domain/documents/stored-file.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { requireFile } from "./required.ts";
import { documentsRoutes } from "./routes.ts";

/** The file itself is removed from the storage by what reacts to the event. */
export const deleteDocument = operation(documentsRoutes.deleteDocument, async (call) => {
  const stored = await requireFile(call);
  call.body();
  call.requireVersion(stored);
  const { id: subject, customer } = stored;
  return {
    status: 204,
    writes: [
      removeFile(call.tenant, stored),
      eventOf(call, { type: "document.deleted", subject, customer }),
    ],
  };
});

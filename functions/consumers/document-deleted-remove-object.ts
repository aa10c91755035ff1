import { documentKey } from "../../domain/documents/object-key.ts";
import { isId } from "../../domain/shared/ids.ts";
import { consumer } from "../kit/consumer.ts";

/** Removing twice is removing once. */
export const removeObject = consumer({
  name: "document-deleted-remove-object",
  on: ["document.deleted"],
  run: async (deps, { agency, subject }) => {
    if (!agency || !isId("document", subject)) return;
    const files = await deps.files();
    await files.remove(documentKey(agency, subject));
  },
});

import { operation } from "../../kit/operation.ts";
import { requireFile } from "./required.ts";
import { documentsRoutes } from "./routes.ts";
import { documentView, downloadOf } from "./view.ts";

export const getDocument = operation(documentsRoutes.getDocument, async (call) => {
  const stored = await requireFile(call);
  return {
    status: 200,
    body: documentView(stored, { download: await downloadOf(call, stored) }),
  };
});

import { documentKey } from "../../../domain/documents/object-key.ts";
import { saveFile } from "../../../domain/documents/stored-file.store.ts";
import { announceFile } from "../../../domain/documents/stored-file.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { requireParty } from "../billing/party.ts";
import { requireOwner } from "./required.ts";
import { documentsRoutes } from "./routes.ts";
import { documentView } from "./view.ts";

/** No event tells of it: as long as nothing is uploaded there is no document. */
export const announceDocument = operation(documentsRoutes.announceDocument, async (call) => {
  const body = call.body();
  const owner = await requireOwner(call, body);
  if (!owner) throw new Error("the schema lets a body through that names no record");
  const { tenant, now, deps, principal } = call;
  const { name, contentType, size, visible = false } = body;
  const id = newId("document", Date.parse(now), deps.random(10));
  const terms = { ...owner, visible, file: { name, contentType, size } };
  const stored = announceFile(terms, { id, by: principal.actor, now });
  const { writes: kept } = await requireParty(call as unknown as Call, owner.customer);
  const links = await deps.fileLinks();
  const key = documentKey(tenant.agency, id);
  const upload = await links.upload({ key, contentType, size }, now);
  return {
    status: 201,
    body: documentView(stored, { upload }),
    writes: [...kept, saveFile(tenant, stored)],
  };
});

import { fileKind } from "../../../domain/documents/stored-file.store.ts";
import { equals, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { requireOwner } from "./required.ts";
import { documentsRoutes } from "./routes.ts";
import { documentRowFromIndex } from "./view.ts";

export const listDocuments = operation(documentsRoutes.listDocuments, async (call) => {
  const query = call.query();
  const { from, to, visible } = query;
  const owner = await requireOwner(call, query);
  const ofOne = owner !== undefined && owner.attachedTo !== owner.customer;
  const filters = [
    equals("status", "Available"),
    ...(visible === undefined ? [] : [equals("visible", visible)]),
    ...(ofOne ? [equals("attachedTo", owner.attachedTo)] : []),
  ];
  const listing = { kind: fileKind, customer: owner?.customer, from, to, filters };
  return {
    status: 200,
    body: await listPage(call.tenant, { listing, query }, documentRowFromIndex),
  };
});

import { invoiceKey } from "../../domain/billing/invoice.store.ts";
import { quoteKey } from "../../domain/billing/quote.store.ts";
import { fileKind, loadFile } from "../../domain/documents/stored-file.store.ts";
import { type StoredFile, storedFileSchema } from "../../domain/documents/stored-file.ts";
import { paymentKey } from "../../domain/payments/payment.store.ts";
import { paymentNumber } from "../../domain/payments/payment.ts";
import { kindOf } from "../../domain/shared/ids.ts";
import { type Item, type Key, keyText, loadItems } from "../../domain/shared/table.store.ts";
import { unknownDocument } from "../api/documents/required.ts";
import { downloadOf } from "../api/documents/view.ts";
import { equals, listPage } from "../kit/listing.ts";
import { type Call, operation } from "../kit/operation.ts";
import { customerOf, enter } from "./enter.ts";
import { ownListing } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";

/**
 * What is attached to a draft waits with it, so a page can hold fewer rows than it has place for: the draft
 * decides at the time of reading, and no lag of an index can show it early.
 */
export const listDocuments = operation(portalRoutes.listDocuments, async (call) => {
  await enter(call, "documents");
  const query = call.query();
  const filters = [equals("status", "Available"), equals("visible", true)];
  const listing = { ...ownListing(call, fileKind), filters };
  const toFile = (item: Item) => storedFileSchema.parse(item);
  const page = await listPage(call.tenant, { listing, query }, toFile);
  const parents = await parentsOf(call, page.docs);
  const docs = page.docs.flatMap((stored) => documentRow(stored, parents) ?? []);
  return { status: 200, body: { ...page, docs } };
});

export const getDocument = operation(portalRoutes.getDocument, async (call) => {
  await enter(call, "documents");
  const stored = await loadFile(call.tenant, call.params.id ?? "");
  const isShown = stored?.visible && stored.customer === customerOf(call);
  if (!isShown) throw unknownDocument();
  const row = documentRow(stored, await parentsOf(call, [stored]));
  const download = await downloadOf(call, stored);
  if (!row || !download) throw unknownDocument();
  return { status: 200, body: { ...row, ...download } };
});

type Parents = ReadonlyMap<string, Item>;

const keyOf = ({ tenant }: Pick<Call, "tenant">, id: string): Key[] => {
  const kind = kindOf(id);
  if (kind === "invoice") return [invoiceKey(tenant, id)];
  if (kind === "quote") return [quoteKey(tenant, id)];
  return kind === "payment" ? [paymentKey(tenant, id)] : [];
};

/** The invoices, quotes and payments that files are attached to, as they stand now. */
async function parentsOf(call: Call, files: readonly StoredFile[]): Promise<Parents> {
  const ids = [...new Set(files.map(({ attachedTo }) => attachedTo))];
  const named = ids.flatMap((id) => keyOf(call, id).map((key) => ({ id, key })));
  const found = await loadItems(
    call.tenant,
    named.map(({ key }) => key),
  );
  return new Map(
    named.flatMap(({ id, key }): [string, Item][] => {
      const item = found.get(keyText(key));
      return item && item.status !== "Draft" ? [[id, item]] : [];
    }),
  );
}

const numberOf = (id: string, item: Item): string | null =>
  kindOf(id) === "payment" ? paymentNumber({ id }) : ((item.number as string | undefined) ?? null);

function documentRow({ id, file, attachedTo, customer, createdAt }: StoredFile, parents: Parents) {
  const row = { id, ...file, createdAt };
  if (attachedTo === customer) return { ...row, attachedTo: null };
  const parent = parents.get(attachedTo);
  if (!parent) return undefined;
  const kind = kindOf(attachedTo);
  return { ...row, attachedTo: { kind, id: attachedTo, number: numberOf(attachedTo, parent) } };
}

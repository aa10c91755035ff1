import { loadZip, saveZip } from "../../domain/documents/invoice-zip.store.ts";
import {
  askForZip,
  type InvoiceZip,
  isForgotten,
  zipName,
} from "../../domain/documents/invoice-zip.ts";
import { zipKey } from "../../domain/documents/object-key.ts";
import { newId } from "../../domain/shared/ids.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { eventOf } from "../kit/event-record.ts";
import { type Call, operation } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";
import { customerOf, enter } from "./enter.ts";
import { requireOwnInvoices } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";

/** Drawing many papers takes longer than a request may; a consumer makes the zip, the link is told at once. */
export const askInvoiceZip = operation(portalRoutes.askInvoiceZip, async (call) => {
  await enter(call, "invoices");
  const chosen = await requireOwnInvoices(call, call.body().invoices);
  const customer = customerOf(call);
  const id = newId("zip", Date.parse(call.now), call.deps.random(10));
  const zip = askForZip({ id, customer, invoices: chosen.map((one) => one.id) }, call.now);
  return {
    status: 202,
    body: await zipView(call, zip),
    writes: [
      saveZip(call.tenant, zip),
      eventOf(call, { type: "zip.asked", subject: id, customer }),
    ],
  };
});

export const getInvoiceZip = operation(portalRoutes.getInvoiceZip, async (call) => {
  await enter(call, "invoices");
  const zip = await loadZip(call.tenant, call.params.id ?? "");
  if (!zip || zip.customer !== customerOf(call) || isForgotten(zip, call.now)) {
    throw new Refused(refuse("zip.not-found", "There is no such zip."));
  }
  return { status: 200, body: await zipView(call, zip) };
});

async function zipView({ deps, tenant, now }: Call, zip: InvoiceZip) {
  const { id, status } = zip;
  const links = await deps.fileLinks();
  const file = { key: zipKey(tenant.agency, id), name: zipName(zip) };
  const link = await links.download({ ...file, contentType: "application/zip" }, now);
  return { id, status, ...link };
}

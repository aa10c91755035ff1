import type { Item } from "../../../domain/shared/table.store.ts";
import { operation } from "../../kit/operation.ts";
import { placesOf } from "../../privacy/places.ts";
import { requireContact, requirePathCustomer } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import { contactView, customerView } from "./view.ts";

/** More than any person's customer has; the answer must stay one that can be sent. */
const recordsMax = 5_000;

/** All that is known of a contact and of the customer it stands for, as it is kept. */
export const exportContact = operation(customersRoutes.exportContact, async (call) => {
  const contact = await requireContact(call);
  const customer = await requirePathCustomer(call);
  const records: object[] = [];
  let isWhole = true;
  for await (const item of placesOf(call.tenant, contact)) {
    isWhole = records.length < recordsMax;
    if (!isWhole) break;
    records.push(recordOf(item));
  }
  return {
    status: 200,
    body: {
      exportedAt: call.now,
      contact: contactView(contact),
      customer: customerView(customer),
      records,
      isWhole,
    },
  };
});

/** Without what only the table needs. */
function recordOf(item: Item): object {
  const {
    pk,
    sk,
    row,
    agencyKey: _all,
    customerKey: _own,
    dateKey: _date,
    ttl: _ttl,
    ...rest
  } = item;
  const place = `${String(pk).split("#").slice(2, 3)} ${String(sk).split("#")[0]}`.trim();
  return { place, ...(row as Item | undefined), ...rest };
}

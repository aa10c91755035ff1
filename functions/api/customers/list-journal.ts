import { journalPartition, journalPrefix } from "../../../domain/customers/journal.store.ts";
import { addDays, instantAt } from "../../../domain/shared/calendar.ts";
import type { Filter } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { listPartition } from "../../kit/partition-listing.ts";
import { requireCustomerAccount } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import { journalView } from "./view.ts";

export const listJournal = operation(customersRoutes.listJournal, async (call) => {
  const { account } = await requireCustomerAccount(call);
  const query = call.query();
  const { settings } = await call.agency();
  const filters = [
    ...sinceFilter(query.from, settings.timeZone),
    ...untilFilter(query.to, settings.timeZone),
    ...movesFilter(query.currency),
  ];
  const listing = {
    partition: journalPartition(call.tenant, account.customer),
    prefix: journalPrefix,
    order: "oldest-first",
    filters,
    counted: async () => account.seq,
  } as const;
  return { status: 200, body: await listPartition(call.tenant, { listing, query }, journalView) };
});

/** Days are the agency's own, both of them included. */
const sinceFilter = (from: string | undefined, zone: string): Filter[] =>
  from === undefined
    ? []
    : [
        {
          expression: "#at >= :since",
          names: { "#at": "at" },
          values: { ":since": instantAt(from, 0, zone) },
        },
      ];

const untilFilter = (to: string | undefined, zone: string): Filter[] =>
  to === undefined
    ? []
    : [
        {
          expression: "#at < :until",
          names: { "#at": "at" },
          values: { ":until": instantAt(addDays(to, 1), 0, zone) },
        },
      ];

/** A record moves one currency; only an invoice that changed its own moves a second, right after the first. */
const postingsLooked = 6;

function movesFilter(currency: string | undefined): Filter[] {
  if (currency === undefined) return [];
  const places = Array.from({ length: postingsLooked }, (_, index) => `postings[${index}]`);
  return [
    {
      expression: `(${places.map((place) => `${place}.#currency = :currency`).join(" OR ")})`,
      names: { "#currency": "currency" },
      values: { ":currency": currency },
    },
  ];
}

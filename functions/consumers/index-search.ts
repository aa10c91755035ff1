import { loadCustomer } from "../../domain/customers/customer.store.ts";
import { nameOf } from "../../domain/customers/customer.ts";
import { paymentNumber } from "../../domain/payments/payment.ts";
import { headKindOf } from "../../domain/shared/head.ts";
import { isId } from "../../domain/shared/ids.ts";
import type { Item, Tenant } from "../../domain/shared/table.store.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import { wordsOf } from "../kit/search.ts";
import { type Head, loadHead } from "./heads.ts";
import { documentsOf, type Indexed, reindex } from "./search-index.ts";

/** Keeps the words by which lists are searched: numbers, names of customers, tags, references. */
export const indexSearch = consumer({
  name: "any-event-index-search",
  // Money that only moves changes no words.
  on: [
    ...["customer.*", "quote.*", "recurring.*", "prepayment.*"],
    ...["invoice.created", "invoice.updated", "invoice.deleted", "invoice.issued"],
    ...["credit.created", "credit.issued"],
    ...["payment.received", "payment.pending", "payment.failed", "payment.updated"],
  ],
  run: async (deps, { agency, subject, type, data }) => {
    const kind = headKindOf(subject);
    if (!agency || !kind) return;
    const tenant = await deps.tenant(agency);
    await index(deps, tenant, { id: subject, kind });
    if (type === "customer.updated" && isRenamed(data)) {
      for await (const head of documentsOf(tenant, subject)) await index(deps, tenant, head);
    }
  },
});

const isRenamed = ({ changed }: Record<string, unknown>): boolean =>
  Array.isArray(changed) && changed.includes("billTo");

type IndexDeps = Parameters<typeof commitDecided>[0];

const index = (deps: IndexDeps, tenant: Tenant, head: Head): Promise<void> =>
  commitDecided(deps, tenant, () =>
    reindex(tenant, head, async () => {
      const record = await loadHead(tenant, head);
      return record ? indexed(tenant, record) : undefined;
    }),
  );

async function indexed(tenant: Tenant, record: Item): Promise<Indexed> {
  const customer = typeof record.customer === "string" ? record.customer : undefined;
  const owner = customer ? await loadCustomer(tenant, customer) : undefined;
  const name = owner ? nameOf(owner) : "";
  return {
    words: wordsIn(record, name),
    dateKey: String(record.dateKey ?? ""),
    customer,
    made: `${record.version} ${name}`,
  };
}

const wordsMax = 40;

function wordsIn(record: Item, customerName: string): string[] {
  const { id, number, billTo, internalId, reference, tags } = record;
  const own = isId("customer", String(id)) ? namesIn(billTo) : [customerName];
  const texts = [
    ...(isId("payment", String(id)) ? [paymentNumber({ id: String(id) })] : []),
    ...[number, internalId, reference, ...own, ...(Array.isArray(tags) ? tags : [])],
  ];
  const words = texts.filter((text) => text !== undefined).flatMap((text) => wordsOf(String(text)));
  return [...new Set(words)].slice(0, wordsMax);
}

/** A firm is found by its people, too. */
function namesIn(billTo: unknown): string[] {
  const { company, firstName, lastName, email } = (billTo ?? {}) as Record<string, unknown>;
  return [company, firstName, lastName, email].flatMap((text) => (text ? [String(text)] : []));
}

import * as z from "zod";
import type { DocumentTerms } from "../billing/draft.ts";
import { discountSchema, periodSchema, taxSchema } from "../billing/invoice.ts";
import { amountSchema, currencySchema, daySchema, idOf, list, maybe } from "../shared/schema.ts";
import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putAlways,
  putNew,
  putVersioned,
  removeItem,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { autoApplyModes } from "../shared/terms.ts";
import { type Recurring, recurringSchema } from "./recurring.ts";

const keyOf = (tenant: Pick<Tenant, "agency">, id: string, sk: "REC" | "LINES"): Key => ({
  pk: tenantKey(tenant, "REC", id),
  sk,
});

export const scheduleKey = (tenant: Pick<Tenant, "agency">, id: string): Key =>
  keyOf(tenant, id, "REC");

const charges = list(z.object({ name: z.string(), amount: amountSchema }));

/** A document's terms as they are stored for every occurrence to come. */
const templateSchema = z.object({
  customer: idOf("customer"),
  isRetainer: z.boolean(),
  number: maybe(z.string()),
  date: daySchema,
  dueDate: daySchema,
  currency: currencySchema,
  lang: maybe(z.string()),
  items: z.array(
    z.object({
      name: z.string(),
      description: maybe(z.string()),
      quantity: z.number().int(),
      price: z.number().int(),
      discount: z.optional(discountSchema),
      taxes: z.optional(z.array(taxSchema)),
    }),
  ),
  discount: maybe(discountSchema),
  taxes: list(taxSchema),
  taxIncluded: z.boolean(),
  extraCharges: charges,
  extraFields: list(z.object({ name: z.string(), value: z.string() })),
  header: maybe(z.string()),
  terms: maybe(z.string()),
  notes: maybe(z.string()),
  tags: list(z.string()),
  showShipTo: z.boolean(),
  slug: maybe(z.string()),
  autoApply: maybe(z.enum(autoApplyModes)),
  scope: list(z.string()),
  period: maybe(periodSchema),
  poNumber: maybe(z.string()),
}) satisfies z.ZodType<DocumentTerms>;

export interface RecurringDocument {
  readonly recurring: Recurring;
  readonly template: DocumentTerms;
}

/** Schedule and template in one call. */
export async function loadRecurring(
  tenant: Tenant,
  id: string,
): Promise<RecurringDocument | undefined> {
  const keys = [keyOf(tenant, id, "REC"), keyOf(tenant, id, "LINES")] as const;
  const found = await loadItems(tenant, keys);
  const [head, lines] = keys.map((key) => found.get(keyText(key)));
  if (!head || !lines) return undefined;
  return { recurring: recurringSchema.parse(head), template: templateSchema.parse(lines) };
}

/** The schedule alone. */
export async function loadSchedule(tenant: Tenant, id: string): Promise<Recurring | undefined> {
  const item = await loadItem(tenant, keyOf(tenant, id, "REC"));
  return item ? recurringSchema.parse(item) : undefined;
}

/** In one call, in the order of the ids; missing ones are left out. */
export async function loadSchedules(tenant: Tenant, ids: readonly string[]): Promise<Recurring[]> {
  if (ids.length === 0) return [];
  const keys = ids.map((id) => keyOf(tenant, id, "REC"));
  const found = await loadItems(tenant, keys);
  return keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [recurringSchema.parse(item)] : [];
  });
}

export const saveSchedule = (tenant: Tenant, recurring: Recurring): GuardedWrite =>
  putVersioned(
    tenant,
    {
      ...keyOf(tenant, recurring.id, "REC"),
      customerKey: tenantKey(tenant, "C", recurring.customer, "REC"),
      agencyKey: tenantKey(tenant, "REC"),
      dateKey: `${recurring.createdAt.slice(0, 10)}#${recurring.id}`,
    },
    recurring,
  );

/** Goes with its schedule in one transaction, and that one's condition guards both. */
export const saveTemplate = (tenant: Tenant, id: string, template: DocumentTerms): GuardedWrite =>
  putAlways(tenant, { ...keyOf(tenant, id, "LINES"), ...template });

export const removeRecurring = (tenant: Tenant, { id, version }: Recurring): GuardedWrite[] => [
  removeVersioned(tenant, keyOf(tenant, id, "REC"), version),
  removeItem(tenant, keyOf(tenant, id, "LINES")),
];

const madePrefix = "MADE#";
/** Which invoice a day became. It can be written once only, whatever the clock and the rhythm do. */
export const saveMade = (
  tenant: Tenant,
  recurring: Pick<Recurring, "id">,
  made: { readonly invoice: string; readonly date: string },
): GuardedWrite => {
  const { pk } = keyOf(tenant, recurring.id, "REC");
  const { invoice, date } = made;
  return putNew(tenant, { pk, sk: `${madePrefix}${date}`, invoice, date }, "write.conflict");
};

export const madeListing = (
  tenant: Pick<Tenant, "agency">,
  { id, issued }: Pick<Recurring, "id" | "issued">,
) =>
  ({
    partition: keyOf(tenant, id, "REC").pk,
    prefix: madePrefix,
    order: "newest-first",
    filters: [],
    counted: async () => issued,
  }) as const;

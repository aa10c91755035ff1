import * as z from "zod";
import type { Settings } from "../../domain/agencies/agency.ts";
import { saveAnnounced, wasAnnounced } from "../../domain/customers/announced-card.store.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import type { SavedMethod } from "../../domain/payments/stripe-methods.gateway.ts";
import { loadPrepayments } from "../../domain/portal/prepayment.store.ts";
import { loadSchedules } from "../../domain/recurring/recurring.store.ts";
import { isAutoBilled } from "../../domain/recurring/recurring.ts";
import { toMajor } from "../../domain/shared/money.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { savedMethodsOf } from "../api/payments/charge-method.ts";
import { notBefore, nothingLeft, performer } from "../kit/due.ts";
import { eventOf } from "../kit/event-record.ts";
import { equals, listPage } from "../kit/listing.ts";
import { Refused } from "../kit/refused.ts";
import { sendInstant } from "./instants.ts";

export const expiringSchema = z.object({
  paymentMethod: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  expMonth: z.number().int(),
  expYear: z.number().int(),
});

/** At the agency's hour of its last month's first day. */
export function announcedAt(
  { expMonth, expYear }: Pick<z.infer<typeof expiringSchema>, "expMonth" | "expYear">,
  settings: Settings,
): string {
  return sendInstant(`${expYear}-${String(expMonth).padStart(2, "0")}-01`, settings);
}

/** In its last month a card is announced, if anything is charged to it by itself. */
export const announceCard = performer({
  kind: "CUS",
  what: "card-",
  run: async (work) => {
    const card = expiringSchema.parse(work.due.data);
    const [agency, customer] = await Promise.all([
      work.agency(),
      loadCustomer(work.tenant, work.due.id),
    ]);
    if (!customer || customer.archived) return nothingLeft;
    const dueAt = announcedAt(card, agency.settings);
    if (dueAt > work.now) return notBefore(dueAt);
    const told = { ...card, customer: customer.id };
    if (await wasAnnounced(work.tenant, told)) return nothingLeft;
    const [saved, next] = await Promise.all([
      reachable(() => savedMethodsOf(work.deps, agency, customer)),
      nextCharge(work.tenant, customer.id),
    ]);
    const held = saved.find(({ id }) => id === card.paymentMethod);
    // Replaced by Stripe's updater, removed, or not the one that is charged.
    const isSame = held?.expMonth === card.expMonth && held.expYear === card.expYear;
    if (!held || !isSame || !next || !(held.isDefault || next.method === held.id)) {
      return nothingLeft;
    }
    const { amount, currency, on } = next;
    const data = {
      ...card,
      next: { amount: toMajor(amount, currency), minor: amount, currency, on },
    };
    const event = { type: "payment-method.expiring", subject: customer.id, customer: customer.id };
    return {
      writes: [saveAnnounced(work.tenant, told, work.now), eventOf(work, { ...event, data })],
      next: null,
    };
  },
});

/** On an account that was just taken from the agency nothing is charged any more. */
async function reachable(read: () => Promise<SavedMethod[]>): Promise<SavedMethod[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "stripe.not-connected") return [];
    throw error;
  }
}

const readMax = 50;

/** The earliest charge that is planned for the customer without anybody asking. */
async function nextCharge(tenant: Tenant, customer: string) {
  const active = (kind: string) =>
    listPage(
      tenant,
      {
        listing: { kind, customer, filters: [equals("status", "Active")] },
        query: { limit: readMax },
      },
      ({ id }) => String(id),
    );
  const [prepayments, schedules] = await Promise.all([active("PRE"), active("REC")]);
  const [ahead, repeated] = await Promise.all([
    loadPrepayments(tenant, prepayments.docs),
    loadSchedules(tenant, schedules.docs),
  ]);
  const charges = [
    ...ahead.map((one) => ({ ...one, on: one.nextOn, method: one.paymentMethod })),
    ...repeated
      .filter(isAutoBilled)
      .map((one) => ({ ...one, amount: one.total, on: one.nextOn, method: null })),
  ].flatMap(({ amount, currency, on, method }) => (on ? [{ amount, currency, on, method }] : []));
  return charges.sort((a, b) => a.on.localeCompare(b.on))[0];
}

import { loadInvoice } from "../../domain/billing/invoice.store.ts";
import { type Invoice, isOpen } from "../../domain/billing/invoice.ts";
import { type Charging, chargingSchema } from "../../domain/payments/charging.ts";
import { loadSchedule, saveSchedule } from "../../domain/recurring/recurring.store.ts";
import { isAutoBilled, type LastError, withLastError } from "../../domain/recurring/recurring.ts";
import { addDays, dayIn } from "../../domain/shared/calendar.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { type DueOutcome, type DueWork, nothingLeft, performer } from "../kit/due.ts";
import { eventOf } from "../kit/event-record.ts";
import { planSavedCharge } from "./charge-saved.ts";
import { sendInstant } from "./instants.ts";

/** Charges what the document asks for now: what was paid meanwhile is not charged again. */
export const chargeDueInvoice = performer({
  kind: "INV",
  what: "charge",
  run: async (work) => {
    const charging = chargingSchema.parse(work.due.data);
    const invoice = await loadInvoice(work.tenant, work.due.id);
    if (!invoice || !(await isStillWanted(work, charging))) return nothingLeft;
    if (invoice.status === "Pending") return tomorrow(work);
    if (!isOpen(invoice)) return nothingLeft;
    const { customer, currency } = invoice;
    const plan = await planSavedCharge(work, {
      ...{ customer, currency, charging },
      invoices: [invoice],
      amount: null,
      prepayment: null,
    });
    if (plan.ok) return { writes: plan.writes, next: null };
    return { writes: await notCharged(work, invoice, { charging, error: plan.error }), next: null };
  },
});

/** A bank debit is on its way. Should it fail, the document asks for its money again. */
async function tomorrow({ agency, now, due }: DueWork): Promise<DueOutcome> {
  const { settings } = await agency();
  const dueAt = sendInstant(addDays(dayIn(now, settings.timeZone), 1), settings);
  return { writes: [], next: { dueAt, data: due.data } };
}

/** The contact may have switched it off since the invoice was made. */
async function isStillWanted({ tenant }: DueWork, { recurring }: Charging): Promise<boolean> {
  const schedule = recurring ? await loadSchedule(tenant, recurring) : undefined;
  return schedule === undefined || isAutoBilled(schedule);
}

async function notCharged(
  work: DueWork,
  { id: subject, customer }: Invoice,
  { charging, error }: { readonly charging: Charging; readonly error: LastError },
): Promise<GuardedWrite[]> {
  const { code, detail } = error;
  const { recurring } = charging;
  const schedule = recurring ? await loadSchedule(work.tenant, recurring) : undefined;
  return [
    eventOf(work, { type: "invoice.not-charged", subject, customer, data: { code, detail } }),
    ...(schedule ? [saveSchedule(work.tenant, withLastError(schedule, error, work.now))] : []),
  ];
}

import type { Agency } from "../../domain/agencies/agency.ts";
import { isOpen } from "../../domain/billing/invoice.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import {
  loadRecurring,
  type RecurringDocument,
  saveMade,
  saveSchedule,
} from "../../domain/recurring/recurring.store.ts";
import {
  afterOccurrence,
  isAutoBilled,
  pauseRecurring,
  type Recurring,
} from "../../domain/recurring/recurring.ts";
import { spanOf, termsOfOccurrence } from "../../domain/recurring/template.ts";
import { addDays } from "../../domain/shared/calendar.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import type { Issued } from "../api/billing/issue-invoice.ts";
import { draftOf, issueNew } from "../api/billing/issue-new.ts";
import { sentEvent } from "../api/billing/send-invoice.ts";
import { localeOf } from "../documents/locale.ts";
import { type DueOutcome, type DueWork, notBefore, nothingLeft, performer } from "../kit/due.ts";
import { eventOf } from "../kit/event-record.ts";
import { Refused } from "../kit/refused.ts";
import { placeholdersFor } from "../recurring/placeholders.ts";
import { sendInstant } from "./instants.ts";
import { planCharging } from "./plan-charging.ts";

/**
 * Makes one occurrence, dated on its own day however late it is: invoice, number, the money that waits,
 * mail and charge, and the schedule's next day, in one transaction.
 */
export const issueOccurrence = performer({
  kind: "REC",
  what: "occurrence",
  run: async (work) => {
    const [found, agency] = await Promise.all([
      loadRecurring(work.tenant, work.due.id),
      work.agency(),
    ]);
    const date = found?.recurring.nextOn;
    if (found?.recurring.status !== "Active" || !date) return nothingLeft;
    const dueAt = sendInstant(date, agency.settings);
    if (dueAt > work.now) return notBefore(dueAt);
    const customer = await loadCustomer(work.tenant, found.recurring.customer);
    if (!customer || customer.archived) {
      return halt(work, found.recurring, "customer.archived", "The customer is archived.");
    }
    try {
      return await make(work, { ...found, agency, customer, date });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return halt(work, found.recurring, error.refusal.code, error.refusal.detail);
    }
  },
});

interface Known extends RecurringDocument {
  readonly agency: Agency;
  readonly customer: Customer;
  readonly date: string;
}

async function make(work: DueWork, known: Known): Promise<DueOutcome> {
  const { recurring, agency, customer, date } = known;
  const { settings } = agency;
  const draft = draftOf(work, {
    terms: occurrenceTerms(known),
    customer,
    origin: { recurring: recurring.id },
  });
  const issued = await issueNew(work, draft, { customer, sent: recurring.autoSend });
  const next = afterOccurrence(recurring, work.now);
  const made = { invoice: draft.invoice.id, date };
  return {
    writes: [
      saveSchedule(work.tenant, next),
      saveMade(work.tenant, recurring, made),
      ...issued.writes,
      issuedEvent(work, next, made),
      ...(recurring.autoSend ? [sentEvent(work, issued.document.invoice, ourWords)] : []),
      ...chargesFor(work, known, issued),
    ],
    next: next.nextOn === null ? null : { dueAt: sendInstant(next.nextOn, settings) },
  };
}

const ourWords = { email: null, subject: null, body: null };

function occurrenceTerms({ recurring, template, agency, customer, date }: Known) {
  const { settings } = agency;
  const span = spanOf(recurring, recurring.position, template.period);
  const lang = template.lang ?? customer.lang;
  const fill = placeholdersFor({ date, span }, localeOf([lang], settings.locale));
  const dueDate = addDays(date, recurring.dueDays ?? settings.dueDays);
  return { ...termsOfOccurrence(template, { date, dueDate, span }, fill), lang };
}

function issuedEvent(
  work: DueWork,
  { id: subject, customer, issued: cycle, status }: Recurring,
  { invoice, date }: { readonly invoice: string; readonly date: string },
): GuardedWrite {
  const also = status === "Completed" ? [{ type: "recurring.completed", subject }] : [];
  const data = { invoice, cycle, date };
  return eventOf(work, { type: "recurring.issued", subject, customer, also, data });
}

/** What the retainer paid already is not charged. */
function chargesFor(
  work: DueWork,
  { recurring, agency }: Known,
  { document }: Issued,
): GuardedWrite[] {
  const { invoice } = document;
  if (!isAutoBilled(recurring) || !isOpen(invoice)) return [];
  const dueAt =
    recurring.autoBillOn === "issue" ? work.now : sendInstant(invoice.dueDate, agency.settings);
  return [planCharging(work.tenant, invoice.id, { dueAt, recurring: recurring.id })];
}

/** What can't be made is not tried again every minute: staff are told and resume it. */
function halt(work: DueWork, recurring: Recurring, code: string, detail: string): DueOutcome {
  const error = { at: work.now, code, detail };
  const paused = pauseRecurring(recurring, { now: work.now, error });
  if (!paused.ok) return nothingLeft;
  const { id: subject, customer } = recurring;
  return {
    writes: [
      saveSchedule(work.tenant, paused.recurring),
      eventOf(work, { type: "recurring.paused", subject, customer, data: { code } }),
    ],
    next: null,
  };
}

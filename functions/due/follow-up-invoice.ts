import { loadFollowed, saveFollowed } from "../../domain/billing/follow-up.store.ts";
import { followUpsOf, markDone } from "../../domain/billing/follow-up.ts";
import { loadDocument, saveContent } from "../../domain/billing/invoice.store.ts";
import { type Invoice, isOpen } from "../../domain/billing/invoice.ts";
import { addLateFee, lateFeeOf } from "../../domain/payments/late-fee.ts";
import { loadBooks, saveLedger } from "../../domain/payments/ledger.store.ts";
import { addDuration } from "../../domain/shared/calendar.ts";
import { loadDue } from "../../domain/shared/due.store.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { localeOf } from "../documents/locale.ts";
import { type DueOutcome, type DueWork, notBefore, nothingLeft, performer } from "../kit/due.ts";
import { eventOf } from "../kit/event-record.ts";
import { speechOf } from "../pdf/speech.ts";
import { instantOf } from "./plan-follow-ups.ts";

type Effect = (
  work: DueWork,
  document: NonNullable<Awaited<ReturnType<typeof loadDocument>>>,
  dueAt: string,
) => Promise<readonly GuardedWrite[]>;

/** Does one follow-up if its reason stands, and notes that it was done. */
async function follow(work: DueWork, effect: Effect): Promise<DueOutcome> {
  const { tenant, due } = work;
  const [document, followed, agency] = await Promise.all([
    loadDocument(tenant, due.id),
    loadFollowed(tenant, due.id),
    work.agency(),
  ]);
  if (!document || !isOpen(document.invoice)) return nothingLeft;
  const { invoice } = document;
  const wanted = followUpsOf(invoice, agency.settings, followed);
  const followUp = wanted.find(({ what }) => what === due.what);
  if (!followUp) return nothingLeft;
  const dueAt = instantOf(followUp, agency.settings);
  if (dueAt > work.now) return notBefore(dueAt);
  const done = markDone(followed, invoice, due.what);
  return {
    writes: [...(await effect(work, document, dueAt)), saveFollowed(tenant, invoice.id, done)],
    next: null,
  };
}

const about = ({ id: subject, customer }: Invoice) => ({ subject, customer });

export const markOverdue = performer({
  kind: "INV",
  what: "overdue",
  run: (work) =>
    follow(work, async (_work, { invoice }) => [
      eventOf(work, { type: "invoice.overdue", ...about(invoice) }),
    ]),
});

/** After an outage nobody wants all the reminders that it held up. */
const lateMax = "P1D";

/** Before the due day nobody is reminded of what will be charged by itself. */
export const remind = performer({
  kind: "INV",
  what: "reminder-",
  run: (work) =>
    follow(work, async ({ tenant, due, now }, { invoice }, dueAt) => {
      if (addDuration(dueAt, lateMax) < now) return [];
      const charge = await loadDue(tenant, { kind: "INV", id: invoice.id, what: "charge" });
      const isAhead = due.what.startsWith("reminder-before-");
      if (isAhead && charge) return [];
      const data = { reminder: due.what };
      return [eventOf(work, { type: "invoice.reminded", ...about(invoice), data })];
    }),
});

export const chargeLateFee = performer({
  kind: "INV",
  what: "late-fee",
  run: (work) =>
    follow(work, async (_work, { invoice, content }) => {
      const agency = await work.agency();
      const { lateFee, locale } = agency.settings;
      const fee = lateFee ? lateFeeOf(invoice, lateFee) : 0;
      const books = await loadBooks(work.tenant, { customer: invoice.customer });
      const all = { ...books, invoices: [invoice] };
      const decided = addLateFee(all, { invoice, fee }, work.ledgerContext(agency));
      // A fee of nothing (a percentage of a few cents) or one beyond every limit is left out.
      if (!decided.ok) return [];
      const { words } = speechOf({
        locale: localeOf([invoice.lang], locale),
        currency: invoice.currency,
        zone: agency.settings.timeZone,
      });
      const charges = [...content.extraCharges, { name: words.lateFee, amount: fee }];
      return [
        ...saveLedger(work.tenant, decided.changes),
        saveContent(work.tenant, invoice.id, { ...content, extraCharges: charges }),
      ];
    }),
});

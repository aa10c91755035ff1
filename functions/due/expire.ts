import type { Settings } from "../../domain/agencies/agency.ts";
import { creditKey, loadCredit } from "../../domain/billing/credit.store.ts";
import { loadQuote, quoteKey, saveQuote } from "../../domain/billing/quote.store.ts";
import { voidCredit } from "../../domain/payments/credit-moves.ts";
import { loadBooks, saveLedger } from "../../domain/payments/ledger.store.ts";
import { cancelDue, type DueOwner, loadDue, planDue } from "../../domain/shared/due.store.ts";
import {
  type GuardedWrite,
  holdVersion,
  type Key,
  type Tenant,
} from "../../domain/shared/table.store.ts";
import { notBefore, nothingLeft, performer } from "../kit/due.ts";
import { eventOf } from "../kit/event-record.ts";
import { orRefuse } from "../kit/refused.ts";
import { endOfDay } from "./instants.ts";

/** A quote's state follows from its day; what is due is telling that it passed. */
export const expireQuote = performer({
  kind: "QUO",
  what: "expiry",
  run: async (work) => {
    const found = await loadQuote(work.tenant, work.due.id);
    if (found?.quote.status !== "Sent") return nothingLeft;
    const { id: subject, customer, validUntil, version } = found.quote;
    const dueAt = endOfDay(validUntil, (await work.agency()).settings);
    if (dueAt > work.now) return notBefore(dueAt);
    const told = { ...found.quote, expiredOn: validUntil, version: version + 1 };
    return {
      writes: [
        saveQuote(work.tenant, told),
        eventOf(work, { type: "quote.expired", subject, customer }),
      ],
      next: null,
    };
  },
});

/** What is left of a credit after its last day is taken back, in the books too. */
export const expireCredit = performer({
  kind: "CRE",
  what: "expiry",
  run: async (work) => {
    const credit = await loadCredit(work.tenant, work.due.id);
    if (!credit?.expiresOn || !isLeft(credit)) return nothingLeft;
    const agency = await work.agency();
    const dueAt = endOfDay(credit.expiresOn, agency.settings);
    if (dueAt > work.now) return notBefore(dueAt);
    const loaded = await loadBooks(work.tenant, { customer: credit.customer });
    const books = { ...loaded, credits: [credit] };
    const command = { credit, cause: "expired" } as const;
    const { changes } = orRefuse(voidCredit(books, command, work.ledgerContext(agency)));
    return { writes: saveLedger(work.tenant, changes), next: null };
  },
});

const isLeft = ({ status, balance }: { readonly status: string; readonly balance: number }) =>
  (status === "Issued" || status === "PartiallyApplied") && balance > 0;

/** A day that has passed is told once, also when it had passed before anybody planned it. */
export async function planQuoteExpiry(
  tenant: Tenant,
  id: string,
  { settings }: { readonly settings: Settings },
): Promise<GuardedWrite[]> {
  const found = await loadQuote(tenant, id);
  if (!found) return [];
  const { status, validUntil, expiredOn, version } = found.quote;
  const owner = { kind: "QUO", id, what: "expiry" } as const;
  const isUntold = status === "Sent" && expiredOn !== validUntil;
  const dueAt = isUntold ? endOfDay(validUntil, settings) : null;
  return bring(tenant, { owner, dueAt, head: quoteKey(tenant, id), version });
}

export async function planCreditExpiry(
  tenant: Tenant,
  id: string,
  settings: Settings,
): Promise<GuardedWrite[]> {
  const credit = await loadCredit(tenant, id);
  if (!credit) return [];
  const { expiresOn, version } = credit;
  const dueAt = expiresOn && isLeft(credit) ? endOfDay(expiresOn, settings) : null;
  const owner = { kind: "CRE", id, what: "expiry" } as const;
  return bring(tenant, { owner, dueAt, head: creditKey(tenant, id), version });
}

interface Wanted {
  readonly owner: DueOwner;
  /** Null: nothing is due. */
  readonly dueAt: string | null;
  readonly head: Key;
  readonly version: number;
}

/** Only on the state that was read: an older view of the record can't win. */
async function bring(
  tenant: Tenant,
  { owner, dueAt, head, version }: Wanted,
): Promise<GuardedWrite[]> {
  const known = await loadDue(tenant, owner);
  if ((known?.dueAt ?? null) === dueAt) return [];
  const write = dueAt ? planDue(tenant, { ...owner, dueAt }) : cancelDue(tenant, owner);
  return [holdVersion(tenant, head, version), write];
}

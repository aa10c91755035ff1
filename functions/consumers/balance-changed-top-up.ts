import * as z from "zod";
import type { Agency } from "../../domain/agencies/agency.ts";
import { loadInvoice } from "../../domain/billing/invoice.store.ts";
import { isOpen } from "../../domain/billing/invoice.ts";
import { loadAccount, loadCustomer } from "../../domain/customers/customer.store.ts";
import { loadRecord } from "../../domain/customers/journal.store.ts";
import { loadTopUp, saveTopUp } from "../../domain/retainers/top-up.store.ts";
import {
  type Level,
  levelOf,
  newTopUp,
  type Reviewed,
  reviewTopUp,
  type TopUp,
} from "../../domain/retainers/top-up.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import { type Currency, isCurrency } from "../../domain/shared/currencies.ts";
import { type Id, newId } from "../../domain/shared/ids.ts";
import { fromMajor } from "../../domain/shared/money.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { type Envelope, isOwnEvent } from "../../events/envelope.ts";
import { commitNumbered } from "../kit/background.ts";
import { systemDesk } from "../kit/clock-desk.ts";
import { consumer } from "../kit/consumer.ts";
import type { Desk } from "../kit/operation.ts";
import { agencyLowBalance, agencyRule } from "../retainers/agency-rule.ts";
import { lowEvent, strike } from "../retainers/strike.ts";

const balancesSchema = z.record(z.string(), z.object({ unapplied: z.number() }));

/**
 * Watches the retainer balance after everything that moved it. Ten applications that cross a threshold
 * at once are ten events, but the rule's own version lets one of them strike.
 */
export const topUpRetainer = consumer({
  name: "balance-changed-top-up",
  on: ["payment.*", "invoice.issued", "invoice.canceled", "invoice.updated"],
  run: async (deps, envelope) => {
    const { agency: id, customer } = envelope;
    const told = balancesSchema.safeParse(envelope.data.balances);
    if (!id || !customer || !told.success || !isOwnEvent(envelope)) return;
    const tenant = await deps.tenant(id);
    for (const currency of Object.keys(told.data).filter(isCurrency)) {
      await commitNumbered(deps, tenant, (numbers) => {
        const desk = systemDesk(deps, tenant, { actor: { system: "top-up" }, numbers });
        return review(desk, { envelope, customer, currency });
      });
    }
  },
});

interface Watched {
  readonly envelope: Envelope;
  readonly customer: Id<"customer">;
  readonly currency: Currency;
}

async function review(desk: Desk, watched: Watched): Promise<readonly GuardedWrite[]> {
  const { customer: id, currency } = watched;
  const [agency, known] = await Promise.all([
    desk.agency(),
    loadTopUp(desk.tenant, { customer: id, currency }),
  ]);
  const reviewed = await reviewedNow(desk, agency, { ...watched, known });
  if (!reviewed) return [];
  const customer = await loadCustomer(desk.tenant, id);
  if (!customer) return [];
  const now = { updatedAt: desk.now, version: reviewed.topUp.version + 1 };
  const { left } = reviewed;
  const struck = reviewed.strike && !customer.archived ? reviewed.strike : null;
  const made = struck ? await strike(desk, { ...struck, customer, currency, left }) : null;
  const topUp = { ...reviewed.topUp, ...now, retainer: made?.retainer ?? reviewed.topUp.retainer };
  return [
    saveTopUp(desk.tenant, topUp),
    ...(reviewed.isLow ? [lowEvent(desk, { topUp, left, isToppedUp: made !== null })] : []),
    ...(made?.writes ?? []),
  ];
}

async function reviewedNow(
  desk: Desk,
  agency: Agency,
  { envelope, customer, currency, known }: Watched & { readonly known: TopUp | undefined },
): Promise<(Reviewed & { readonly left: number }) | undefined> {
  const rule = known?.rule ?? agencyRule(agency, currency);
  const lowBalance = known?.rule?.lowBalance ?? agencyLowBalance(agency, currency);
  if (!rule && lowBalance === null) return undefined;
  // After the rule was read, so that what it says of the balance is the newer of the two.
  const [account, retainer, told] = await Promise.all([
    loadAccount(desk.tenant, customer),
    known?.retainer ? loadInvoice(desk.tenant, known.retainer) : undefined,
    levelsAround(desk, envelope, { customer, currency }),
  ]);
  const id = newId("topUp", Date.parse(desk.now), desk.deps.random(10));
  const left = account.balances[currency]?.unapplied ?? 0;
  const reviewed = reviewTopUp(known ?? newTopUp({ id, customer, currency }, desk.now), {
    ...{ rule, lowBalance },
    told,
    now: { seq: account.seq, balance: left },
    today: dayIn(desk.now, agency.settings.timeZone),
    isAsking: retainer !== undefined && (isOpen(retainer) || retainer.status === "Pending"),
  });
  return reviewed && { ...reviewed, left };
}

/**
 * After the event and before it: an agency's rule that is younger than the money hears of it by the first
 * movement, which may be the dip itself.
 */
async function levelsAround(
  { tenant }: Desk,
  { data }: Envelope,
  { customer, currency }: Pick<Watched, "customer" | "currency">,
): Promise<Level[]> {
  const told = fromMajor(balancesSchema.parse(data.balances)[currency]?.unapplied ?? 0, currency);
  if (!told.ok) return [];
  const seq = Number(data.seq);
  const before = await loadRecord(tenant, customer, seq - 1);
  return [{ seq, balance: told.amount }, ...(before ? [levelOf(before, currency)] : [])];
}

import type { Agency } from "../../domain/agencies/agency.ts";
import { drawStatusOf, type Invoice, remainingOf } from "../../domain/billing/invoice.ts";
import type { Account } from "../../domain/customers/account.ts";
import type { Payment } from "../../domain/payments/payment.ts";
import { burnDown, lastsUntil, type Point } from "../../domain/portal/burn-down.ts";
import { numberIn } from "../../domain/portal/movements.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import { type Currency, isCurrency } from "../../domain/shared/currencies.ts";
import type { JournalRecord } from "../../domain/shared/journal.ts";
import { toMajor } from "../../domain/shared/money.ts";

export interface CardFacts {
  readonly agency: Agency;
  readonly today: string;
  readonly account: Account;
  readonly records: readonly JournalRecord[];
  /** Those with money on them. */
  readonly retainers: readonly Invoice[];
  /** Those whose money still waits. */
  readonly payments: readonly Payment[];
}

/** One card per currency in which money waits or waited. */
export function retainerCards(facts: CardFacts) {
  const currencies = Object.keys(facts.account.balances).filter(isCurrency);
  const series = currencies
    .map((currency) => ({ currency, points: burnDown(facts.records, currency) }))
    .filter(({ currency, points }) => points.length > 0 || leftIn(facts, currency) > 0);
  return {
    subjects: series.flatMap(({ points }) => points.flatMap(({ subject }) => subject ?? [])),
    show: (known: ReadonlyMap<string, Invoice>) =>
      series.map(({ currency, points }) => cardOf(facts, { currency, points, known })),
  };
}

const leftIn = ({ account }: CardFacts, currency: Currency): number =>
  account.balances[currency]?.unapplied ?? 0;

function cardOf(
  facts: CardFacts,
  {
    currency,
    points,
    known,
  }: {
    readonly currency: Currency;
    readonly points: readonly Point[];
    readonly known: ReadonlyMap<string, Invoice>;
  },
) {
  const { agency, today, payments } = facts;
  const { timeZone, retainer, currency: home } = agency.settings;
  const major = (amount: number) => toMajor(amount, currency);
  const remaining = leftIn(facts, currency);
  const open = payments.filter((payment) => payment.currency === currency);
  const drawn = open.reduce((sum, { applied }) => sum + applied, 0);
  const dated = points.map((point) => ({ ...point, day: dayIn(point.at, timeZone) }));
  const low = currency === home ? retainer.lowBalance : null;
  return {
    currency,
    remaining: major(remaining),
    drawn: major(drawn),
    lowBalance: low === null ? null : major(low),
    lastsUntil: lastsUntil({ points: dated, remaining, today }),
    series: points.map(({ at, balance, kind, subject, amount }) => ({
      ...{ at, kind },
      balance: major(balance),
      number: subject && numberIn(numbersOf(known), subject),
      amount: major(amount),
    })),
    retainers: facts.retainers
      .filter((one) => one.currency === currency)
      .flatMap((one) => retainerRow(one)),
  };
}

const numbersOf = (known: ReadonlyMap<string, Invoice>): Map<string, string> =>
  new Map([...known].map(([id, { number }]) => [id, number ?? ""]));

function retainerRow({ id, number, date, period, currency, drawdown }: Invoice) {
  if (!drawdown) return [];
  const major = (amount: number) => toMajor(amount, currency);
  return [
    {
      ...{ id, number, date, period },
      funded: major(drawdown.funded),
      drawn: major(drawdown.drawn),
      refunded: major(drawdown.refunded),
      remaining: major(remainingOf(drawdown)),
      drawStatus: drawStatusOf(drawdown),
    },
  ];
}

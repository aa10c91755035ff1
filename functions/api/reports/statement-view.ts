import type { Agency } from "../../../domain/agencies/agency.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import type { Statement } from "../../../domain/portal/statement.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { type Balance, publishedBalance } from "../../../domain/shared/journal.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { paperView } from "../../documents/paper-view.ts";
import { knownLocale } from "../../kit/format.ts";
import type { StatementView } from "../../pdf/view.ts";
import { movementWords } from "./movement-words.ts";

export interface StatementSource {
  readonly agency: Agency;
  readonly customer: Customer;
  readonly currency: Currency;
  readonly from: string;
  readonly to: string;
  readonly statement: Statement;
}

/** As the API tells it, what happened in the reader's language. */
export function statementReplyOf(source: StatementSource, lang: string | null) {
  const { customer, currency, from, to, statement } = source;
  const textOf = wordsFor(paperView(source, { currency, lang, billTo: null }));
  const major = (amount: number) => toMajor(amount, currency);
  const published = (balance: Balance) => publishedBalance(balance, currency);
  const { aging } = statement;
  return {
    customer: customer.id,
    ...{ currency, from, to },
    opening: published(statement.opening),
    lines: statement.lines.map(({ at, type, subject, number, memo, amount, ...balance }) => ({
      ...{ at, type, subject, number, memo, text: textOf(type) },
      amount: major(amount),
      ...published(balance),
    })),
    closing: published(statement.closing),
    retainers: statement.retainers.map(({ id, number, date, ...money }) => ({
      ...{ id, number, date },
      funded: major(money.funded),
      drawn: major(money.drawn),
      refunded: major(money.refunded),
      remaining: major(money.remaining),
    })),
    aging: {
      current: major(aging.current),
      days1to30: major(aging.days1to30),
      days31to60: major(aging.days31to60),
      days61to90: major(aging.days61to90),
      over90: major(aging.over90),
    },
  };
}

const wordsFor = ({ locale }: { readonly locale: string }) =>
  movementWords(new Intl.Locale(knownLocale(locale)).language);

/** As the paper shows it, in the reader's language. */
export function statementView(source: StatementSource, lang: string | null): StatementView {
  const { currency, from, to, statement } = source;
  const paper = paperView(source, { currency, lang, billTo: null });
  const textOf = wordsFor(paper);
  return {
    ...paper,
    ...{ from, to },
    opening: statement.opening,
    lines: statement.lines.map(({ at, type, number, memo, amount, ...balance }) => ({
      ...balance,
      day: at,
      text: textOf(type),
      ...(number ? { number } : {}),
      amount,
    })),
    closing: statement.closing,
    retainers: statement.retainers.map(({ number, ...rest }) => ({
      ...rest,
      number: number ?? "",
    })),
    aging: statement.aging,
  };
}

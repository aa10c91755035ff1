import * as z from "zod";
import { ledgerAccounts } from "../../../domain/shared/journal.ts";
import { amount, instant, nullableText } from "../replies.ts";

const aging = {
  ...{ current: amount, days1to30: amount, days31to60: amount, days61to90: amount },
  over90: amount,
};

const balances = { outstanding: amount, unapplied: amount, credit: amount };

/** `amount` is signed: what the movement added to or took from what it touched. */
export const statementReply = z
  .strictObject({
    customer: z.string(),
    currency: z.string(),
    from: z.string(),
    to: z.string(),
    opening: z.strictObject(balances),
    lines: z.array(
      z.strictObject({
        at: instant,
        type: z.string(),
        subject: z.string(),
        number: nullableText,
        memo: z.string(),
        text: z.string(),
        amount: z.number(),
        ...balances,
      }),
    ),
    closing: z.strictObject(balances),
    retainers: z.array(
      z.strictObject({
        id: z.string(),
        number: nullableText,
        date: z.string(),
        funded: amount,
        drawn: amount,
        refunded: amount,
        remaining: amount,
      }),
    ),
    aging: z.strictObject(aging),
  })
  .meta({ id: "Statement" });

const reportOf = <T extends z.ZodType, S extends z.ZodType>(id: string, doc: T, totals: S) =>
  z
    .strictObject({ asOf: z.string(), currency: z.string(), docs: z.array(doc), totals })
    .meta({ id });

/** Debits are positive: what the agency owes or has earned is a balance below zero. */
const balanced = { debit: amount, credit: amount, balance: amount };
export const trialBalanceReply = reportOf(
  "TrialBalance",
  z.strictObject({ account: z.enum(ledgerAccounts), ...balanced }),
  z.strictObject(balanced),
);

const owed = { ...aging, outstanding: amount };
const customer = { customer: z.string(), name: z.string() };
export const agingReply = reportOf(
  "AgingReport",
  z.strictObject({ ...customer, ...owed }),
  z.strictObject(owed),
);

export const retainersReply = reportOf(
  "RetainersReport",
  z.strictObject({
    ...customer,
    ...{ retainer: nullableText, number: nullableText, date: nullableText },
    unapplied: amount,
  }),
  z.strictObject({ unapplied: amount }),
);

const earned = { revenue: amount, allowances: amount, net: amount, tax: amount };
export const revenueReply = reportOf(
  "RevenueReport",
  z.strictObject({ month: z.string(), ...earned }),
  z.strictObject(earned),
);

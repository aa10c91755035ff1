import * as z from "zod";
import { amount, instant, nullableText } from "../replies.ts";

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
    aging: z.strictObject({
      current: amount,
      days1to30: amount,
      days31to60: amount,
      days61to90: amount,
      over90: amount,
    }),
  })
  .meta({ id: "Statement" });

import * as z from "zod";
import { type Frequency, frequencies, occurrence } from "../recurring/frequency.ts";
import type { Currency } from "../shared/currencies.ts";
import type { Id } from "../shared/ids.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  idOf,
  maybe,
  recordFields,
} from "../shared/schema.ts";

export const prepaymentStatuses = ["Pending", "Active", "Paused", "Completed", "Canceled"] as const;

/** Money that a customer sends on its own initiative again and again. Pending until its first payment came. */
export const prepaymentSchema = z.object({
  id: idOf("prepayment"),
  customer: idOf("customer"),
  contact: maybe(idOf("contact")),
  status: z.enum(prepaymentStatuses),
  amount: amountSchema,
  currency: currencySchema,
  note: maybe(z.string()),
  frequency: z.enum(frequencies),
  /** How many in all, the first included; null: until canceled. */
  cycles: maybe(z.number().int().positive()),
  cyclesLeft: maybe(z.number().int().nonnegative()),
  /** The day of the first payment: cycle n is on `startOn` + n intervals. */
  startOn: maybe(daySchema),
  nextOn: maybe(daySchema),
  ...recordFields,
});
export type Prepayment = z.infer<typeof prepaymentSchema>;

export interface NewPrepayment {
  readonly id: Id<"prepayment">;
  readonly customer: Id<"customer">;
  readonly contact: Id<"contact"> | null;
  readonly amount: number;
  readonly currency: Currency;
  readonly note: string | null;
  readonly frequency: Frequency;
  readonly cycles: number | null;
}

export const newPrepayment = (given: NewPrepayment, now: string): Prepayment => ({
  ...given,
  status: "Pending",
  cyclesLeft: given.cycles,
  startOn: null,
  nextOn: null,
  createdAt: now,
  updatedAt: now,
  version: 1,
});

/** The first payment came: cycles are counted from its day. Told again, or canceled meanwhile: nothing. */
export function startPrepayment(
  prepayment: Prepayment,
  { today, now }: { readonly today: string; readonly now: string },
): Prepayment | undefined {
  if (prepayment.status !== "Pending") return undefined;
  const { cycles, frequency } = prepayment;
  const cyclesLeft = cycles === null ? null : cycles - 1;
  const isOver = cyclesLeft === 0;
  return {
    ...prepayment,
    status: isOver ? "Completed" : "Active",
    cyclesLeft,
    startOn: today,
    nextOn: isOver ? null : occurrence(today, frequency, 1),
    updatedAt: now,
    version: prepayment.version + 1,
  };
}

export function cancelPrepayment(
  prepayment: Prepayment,
  now: string,
): { readonly ok: true; readonly prepayment: Prepayment } | Refusal {
  const { status, version } = prepayment;
  if (status === "Completed" || status === "Canceled") {
    return refuse("prepayment.not-open", `The pre-payment is ${status}.`);
  }
  const next = { ...prepayment, status: "Canceled", nextOn: null, updatedAt: now } as const;
  return { ok: true, prepayment: { ...next, version: version + 1 } };
}

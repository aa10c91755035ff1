import {
  type Application,
  type Payment,
  paymentNumber,
  paymentSchema,
} from "../../../domain/payments/payment.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import type { Item } from "../../../domain/shared/table.store.ts";

export const applicationsShownMax = 100;

export function paymentRow(payment: Payment) {
  const major = (amount: number) => toMajor(amount, payment.currency);
  return {
    id: payment.id,
    number: paymentNumber(payment),
    customer: payment.customer,
    currency: payment.currency,
    amount: major(payment.amount),
    applied: major(payment.applied),
    refunded: major(payment.refunded),
    unapplied: major(payment.unapplied),
    status: payment.status,
    method: payment.method,
    source: payment.source,
    retainer: payment.retainer,
    receivedAt: payment.receivedAt,
    reference: payment.reference,
    createdAt: payment.createdAt,
    updatedAt: payment.updatedAt,
    version: payment.version,
  };
}

export const paymentRowFromIndex = (item: Item) => paymentRow(paymentSchema.parse(item));

/** `applications` newest last, at most the newest hundred. */
export function paymentView(payment: Payment, applications: readonly Application[]) {
  const major = (amount: number) => toMajor(amount, payment.currency);
  return {
    ...paymentRow(payment),
    notes: payment.notes,
    stripe: payment.stripe
      ? { paymentIntent: payment.stripe.paymentIntent, charge: payment.stripe.charge }
      : null,
    failure: payment.failure,
    voidReason: payment.voidReason,
    applications: applications.map(({ id, invoice, amount, at }) => ({
      id,
      invoice,
      amount: major(amount),
      at,
    })),
    refunds: payment.refunds.map(({ id, amount, at, status, reason }) => ({
      id,
      amount: major(amount),
      at,
      status,
      reason,
    })),
  };
}

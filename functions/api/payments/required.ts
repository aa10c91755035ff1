import {
  listApplications,
  loadApplications,
  loadPayment,
} from "../../../domain/payments/payment.store.ts";
import type { Application, Payment } from "../../../domain/payments/payment.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Call, Outcome } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { applicationsShownMax, paymentView } from "./view.ts";

export const unknownPayment = () =>
  new Refused(refuse("payment.not-found", "There is no such payment."));

/** The payment that the path names, or 404. */
export async function requirePayment(call: Call): Promise<Payment> {
  const payment = await loadPayment(call.tenant, call.params.id ?? "");
  if (!payment) throw unknownPayment();
  return payment;
}

/** Applications of this payment that a body names; any other id is a 404. */
export async function requireApplications(
  call: Call,
  payment: Payment,
  ids: readonly string[],
): Promise<Application[]> {
  const found = await loadApplications(call.tenant, payment.id, ids);
  if (found.length === ids.length) return found;
  throw new Refused(refuse("application.not-found", "The payment has no such application."));
}

/** Starts reading what the answer will show, while the decision loads its own records. */
export function knownApplications(call: Call, payment: Payment): Promise<Application[]> {
  const known = listApplications(call.tenant, { payment: payment.id }, applicationsShownMax);
  known.catch(() => undefined);
  return known;
}

interface Moved {
  readonly known?: Promise<Application[]>;
  readonly applied?: readonly Application[];
  readonly undone?: readonly Application[];
}

/** The answer of every call that returns a payment, with what this call added and took away. */
export async function paymentReply(
  call: Call,
  payment: Payment,
  moved: Moved = {},
): Promise<Pick<Outcome, "status" | "body">> {
  const known = await (moved.known ?? knownApplications(call, payment));
  const gone = new Set((moved.undone ?? []).map(({ id }) => id));
  const added = (moved.applied ?? []).filter((one) => one.payment === payment.id);
  const newest = [...added, ...known.filter(({ id }) => !gone.has(id))]
    .sort((a, b) => a.id.localeCompare(b.id))
    .slice(-applicationsShownMax);
  return { status: 200, body: paymentView(payment, newest) };
}

export function changedPayment(
  changes: { readonly payments: readonly Payment[] },
  payment: Payment,
): Payment {
  return changes.payments.find(({ id }) => id === payment.id) ?? payment;
}

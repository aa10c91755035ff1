import { listApplications, loadPayment } from "../../../domain/payments/payment.store.ts";
import type { Application, Payment } from "../../../domain/payments/payment.ts";
import type { Id } from "../../../domain/shared/ids.ts";
import type { Tenant } from "../../../domain/shared/table.store.ts";
import { ownerOf } from "../../../domain/shared/unique.store.ts";
import { settlePayment } from "./payments.ts";
import type { StripeWork } from "./work.ts";

/**
 * Our payment of that money, booked now if what follows overtook it; undefined when it is not ours.
 */
export async function bookedPayment(
  work: StripeWork,
  paymentIntent: string,
): Promise<Id<"payment"> | undefined> {
  const owner = await ownerOf(work.tenant, "payment-intent", paymentIntent);
  const payment = owner ? await loadPayment(work.tenant, owner) : undefined;
  if (payment && payment.status !== "Pending" && payment.status !== "Failed") return payment.id;
  return settlePayment(work, paymentIntent);
}

/** Each undone application is up to three writes, and a transaction has a hundred. */
const undoneMax = 30;

/** The newest applications of a payment, as many as it takes to free the amount. */
export async function newestApplications(
  tenant: Tenant,
  payment: Payment,
  amount: number,
): Promise<Application[]> {
  const listed = await listApplications(tenant, { payment: payment.id }, undoneMax);
  let free = payment.unapplied;
  return listed.filter((application) => {
    const isNeeded = free < amount;
    if (isNeeded) free += application.amount;
    return isNeeded;
  });
}

import type { SavedMethod } from "../../../domain/payments/stripe-methods.gateway.ts";
import { paymentMethodObject, setupIntentObject } from "../../../domain/payments/stripe-objects.ts";
import { isMissing } from "../../../domain/payments/stripe-problem.ts";
import { isId } from "../../../domain/shared/ids.ts";
import { commit, WriteRejected } from "../../kit/commit.ts";
import { endIntent } from "./payments.ts";
import { reportOnce, type StripeWork } from "./work.ts";

/** A method was saved on a page without paying. */
export async function handleSetup(work: StripeWork): Promise<void> {
  const setup = setupIntentObject.parse(work.event.data.object);
  const intent = setup.metadata?.intent;
  if (intent && isId("payment", intent)) await endIntent(work, intent, "completed");
  if (setup.customer && setup.payment_method) {
    await chooseFirst(work, setup.customer, setup.payment_method);
  }
}

const reports: Readonly<Record<string, string>> = {
  "payment_method.attached": "payment-method.saved",
  "payment_method.detached": "payment-method.removed",
  "payment_method.automatically_updated": "payment-method.updated",
};

export async function handleMethod(work: StripeWork): Promise<void> {
  const { stripe, account, event } = work;
  const { id } = paymentMethodObject.parse(event.data.object);
  const method = await stripe.methodNow({ account }, id);
  if (method.customer) await chooseFirst(work, method.customer, id);
  const owner = method.customer ?? formerOwner(event.data.previous_attributes);
  if (owner) await report(work, owner, method);
}

/** A detached method names nobody any more, but its event says whose it was. */
function formerOwner(previous: Record<string, unknown> | undefined): string | null {
  return typeof previous?.customer === "string" ? previous.customer : null;
}

/** The first saved method is the one that is charged, until its owner chooses another. */
async function chooseFirst(work: StripeWork, customer: string, method: string): Promise<void> {
  const { stripe, account, event } = work;
  if (await stripe.defaultMethod({ account }, customer)) return;
  try {
    await stripe.chooseMethod({ account, key: `${event.id}-default` }, { customer, method });
  } catch (error) {
    // It was saved, and taken away again before its event was handled.
    if (!isMissing(error)) throw error;
  }
}

async function report(work: StripeWork, owner: string, method: SavedMethod): Promise<void> {
  const metadata = await work.stripe.customerMetadata({ account: work.account }, owner);
  const customer = metadata?.customer;
  const type = reports[work.event.type];
  if (!type || !customer || !isId("customer", customer)) return;
  const { id, brand, last4, expMonth, expYear } = method;
  const data = { paymentMethod: id, type: method.type, brand, last4, expMonth, expYear };
  try {
    await commit(work.tenant, [reportOnce(work, { type, subject: customer, customer, data })]);
  } catch (error) {
    // It stands there already: this event was handled before.
    if (!(error instanceof WriteRejected)) throw error;
  }
}

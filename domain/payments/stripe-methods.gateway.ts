import type Stripe from "stripe";
import { asked, at, idOfReference, type Place } from "./stripe-client.gateway.ts";

/** A saved card or bank account. Its number never comes here. */
export interface SavedMethod {
  readonly id: string;
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
  readonly isDefault: boolean;
}

const methodsMax = 100;

export function methodCalls(stripe: Stripe) {
  const chosenBy = async (place: Place, customer: string): Promise<string | null> => {
    const found = await stripe.customers.retrieve(customer, undefined, at(place));
    if (found.deleted) return null;
    return idOfReference(found.invoice_settings.default_payment_method);
  };
  return {
    /** The newest first. A customer who never chose pays with the newest. */
    listMethods: (place: Place, customer: string): Promise<SavedMethod[]> =>
      asked(async () => {
        const [listed, chosen] = await Promise.all([
          stripe.customers.listPaymentMethods(customer, { limit: methodsMax }, at(place)),
          chosenBy(place, customer),
        ]);
        const fallback = chosen ?? listed.data[0]?.id;
        return listed.data.map((method) => savedOf(method, method.id === fallback));
      }),
    methodNow: (place: Place, method: string): Promise<SavedMethod & { customer: string | null }> =>
      asked(async () => {
        const found = await stripe.paymentMethods.retrieve(method, undefined, at(place));
        return { ...savedOf(found, false), customer: idOfReference(found.customer) };
      }),
    defaultMethod: (place: Place, customer: string): Promise<string | null> =>
      asked(() => chosenBy(place, customer)),
    chooseMethod: (
      place: Required<Place>,
      { customer, method }: { readonly customer: string; readonly method: string },
    ): Promise<void> =>
      asked(async () => {
        const params = { invoice_settings: { default_payment_method: method } };
        await stripe.customers.update(customer, params, at(place));
      }),
    removeMethod: (place: Place, method: string): Promise<void> =>
      asked(async () => {
        await stripe.paymentMethods.detach(method, undefined, at(place));
      }),
  };
}

function savedOf(method: Stripe.PaymentMethod, isDefault: boolean): SavedMethod {
  const { id, type, card, us_bank_account: bank, sepa_debit: sepa } = method;
  return {
    id,
    type,
    brand: card?.display_brand ?? card?.brand ?? bank?.bank_name ?? null,
    last4: card?.last4 ?? bank?.last4 ?? sepa?.last4 ?? null,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
    isDefault,
  };
}

import { paymentMethodExpiring } from "../../events/payment-method-expiring.ts";
import { consumer } from "../kit/consumer.ts";
import { cardExpiringLetter } from "../mail/letters/card-expiring.ts";
import { mailCustomer, toldBy } from "./mail-contacts.ts";

const name = "payment-method-expiring-mail";

export const mailExpiringCard = consumer({
  name,
  on: ["payment-method.expiring"],
  run: async (deps, envelope) => {
    const told = await toldBy(deps, envelope, name);
    if (!told) return;
    const data = paymentMethodExpiring.data.parse(envelope.data);
    const { brand, last4, expMonth: month, expYear: year, next } = data;
    const card = [cardName(brand), last4 ? `…${last4}` : ""].filter(Boolean).join(" ");
    const charge = { amount: next.minor, day: next.on };
    await mailCustomer(told, {
      currency: next.currency,
      letter:
        () =>
        ({ agency }, speech, context) =>
          cardExpiringLetter({ agency, card, month, year, next: charge }, speech, context),
    });
  },
});

const cardName = (brand: string | null): string =>
  brand ? brand.charAt(0).toUpperCase() + brand.slice(1) : "";

import { loadPrepayment } from "../../domain/portal/prepayment.store.ts";
import type { Envelope } from "../../events/envelope.ts";
import { consumer } from "../kit/consumer.ts";
import {
  type RecurringStoppedView,
  recurringStoppedLetter,
} from "../mail/letters/recurring-stopped.ts";
import { mailCustomer, toldBy } from "./mail-contacts.ts";

const name = "prepayment-ended-mail";

/** Whoever agreed to be charged again and again hears when that is over, unless they ended it. */
export const mailEndedPrepayment = consumer({
  name,
  on: ["prepayment.completed", "prepayment.canceled", "prepayment.paused"],
  run: async (deps, envelope) => {
    const why = reasonIn(envelope);
    const told = why ? await toldBy(deps, envelope, name) : undefined;
    const prepayment = told && (await loadPrepayment(told.tenant, envelope.subject));
    if (!told || !prepayment || !why || prepayment.status === "Pending") return;
    const { amount, currency } = prepayment;
    await mailCustomer(told, {
      currency,
      letter:
        () =>
        ({ agency }, speech, context) =>
          recurringStoppedLetter({ agency, amount, why }, speech, context),
    });
  },
});

/** A pause of staff's own is between them and the customer. */
function reasonIn({ type, actor, data }: Envelope): RecurringStoppedView["why"] | undefined {
  if (type === "prepayment.completed") return "ended";
  if (type === "prepayment.canceled") return actor.contact && !actor.staff ? undefined : "byStaff";
  return data.code ? "byStaff" : undefined;
}

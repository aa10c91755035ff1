import type { DocumentTerms } from "../../domain/billing/draft.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import type { TopUp, TopUpRule } from "../../domain/retainers/top-up.ts";
import { addDays, dayIn } from "../../domain/shared/calendar.ts";
import type { Currency } from "../../domain/shared/currencies.ts";
import type { Id } from "../../domain/shared/ids.ts";
import { toMajor } from "../../domain/shared/money.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { draftOf, issueNew } from "../api/billing/issue-new.ts";
import { plainTerms } from "../api/billing/terms.ts";
import { localeOf } from "../documents/locale.ts";
import { planCharging } from "../due/plan-charging.ts";
import { eventOf } from "../kit/event-record.ts";
import type { Desk } from "../kit/operation.ts";
import { mailSpeechOf } from "../mail/speech.ts";

export interface Strike {
  readonly customer: Customer;
  readonly currency: Currency;
  readonly amount: number;
  readonly action: TopUpRule["action"];
  /** What is left on the retainer, in minor units. */
  readonly left: number;
}

const one = 1_000_000;

/** The next retainer, issued at once; its mail asks for the money, or a charge brings it. */
export async function strike(
  desk: Desk,
  { customer, currency, amount, action, left }: Strike,
): Promise<{ readonly retainer: Id<"invoice">; readonly writes: readonly GuardedWrite[] }> {
  const { settings } = await desk.agency();
  const date = dayIn(desk.now, settings.timeZone);
  const locale = localeOf([customer.lang], settings.locale);
  const speech = mailSpeechOf({ locale, currency, zone: settings.timeZone });
  const terms: DocumentTerms = {
    ...plainTerms,
    customer: customer.id,
    isRetainer: true,
    ...{ date, dueDate: addDays(date, settings.dueDays), currency, lang: customer.lang },
    items: [{ name: speech.mail.topUp, description: null, quantity: one, price: amount }],
  };
  const draft = draftOf(desk, { terms, customer });
  const sent = action === "request";
  const { document, writes } = await issueNew(desk, draft, { customer, sent });
  const { id } = document.invoice;
  const about = { subject: id, customer: customer.id };
  const asked = { retainer: id, currency, left: toMajor(left, currency), leftMinor: left, action };
  return {
    retainer: id,
    writes: [
      ...writes,
      eventOf(desk, { ...about, type: "top-up.asked", data: asked }),
      sent
        ? eventOf(desk, { ...about, type: "invoice.sent", data: { topUpLeft: left } })
        : planCharging(desk.tenant, id, { dueAt: desk.now, left }),
    ],
  };
}

/** Whoever is asked for the next retainer at the same time needs no second mail. */
export const lowEvent = (
  desk: Desk,
  told: { readonly topUp: TopUp; readonly left: number; readonly isToppedUp: boolean },
): GuardedWrite => {
  const { id: subject, customer, currency } = told.topUp;
  const { left, isToppedUp } = told;
  const data = { currency, left: toMajor(left, currency), leftMinor: left, isToppedUp };
  return eventOf(desk, { type: "retainer.low", subject, customer, data });
};

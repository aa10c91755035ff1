import * as z from "zod";
import { portalModules } from "../../domain/agencies/agency.ts";
import { prepaymentStatuses } from "../../domain/portal/prepayment.ts";
import { frequencies } from "../../domain/recurring/frequency.ts";
import { autoBillDays, recurringStatuses } from "../../domain/recurring/recurring.ts";
import { address, amount, instant, listOf, nullableText } from "../api/replies.ts";

const count = z.number().int();
/** Another document, by what people call it. */
export const reference = z.strictObject({ id: z.string(), number: nullableText });

/** What the log-in page shows before anybody has logged in. */
const brand = {
  name: z.string(),
  slug: z.string(),
  /** An image as a data URL. */
  logo: nullableText,
  color: z.string(),
  locale: z.string(),
};
export const brandReply = z
  .strictObject({ ...brand, registration: z.boolean() })
  .meta({ id: "PortalBrand" });

const underPayment = z.strictObject({ allowed: z.boolean(), minimum: amount });

/** Minimums are in the agency's currency. */
export const meReply = z
  .strictObject({
    contact: z.strictObject({
      id: z.string(),
      firstName: nullableText,
      lastName: nullableText,
      name: z.string(),
      email: z.string(),
      lang: nullableText,
    }),
    customer: z.strictObject({
      id: z.string(),
      name: z.string(),
      currency: z.string(),
      lang: nullableText,
    }),
    agency: z.strictObject({
      id: z.string(),
      ...brand,
      email: z.string(),
      address: nullableText,
      currency: z.string(),
      timeZone: z.string(),
      /** The agency's calendar day. */
      today: z.string(),
    }),
    modules: z.strictObject(
      Object.fromEntries(portalModules.map((name) => [name, z.boolean()])) as Record<
        (typeof portalModules)[number],
        z.ZodBoolean
      >,
    ),
    payment: z.strictObject({
      /** A Stripe account is connected and takes charges; else `instructions` say how to pay. */
      online: z.boolean(),
      instructions: nullableText,
      overPayment: z.boolean(),
      underPayment,
    }),
    prePayment: z.strictObject({ enabled: z.boolean(), minimum: amount, recurring: z.boolean() }),
    quote: z.strictObject({
      autoConvert: z.boolean(),
      requireSignature: z.boolean(),
      requireTerms: z.boolean(),
      requirePoNumber: z.boolean(),
    }),
    /** Other customers under the same address, to switch to. */
    others: z.array(
      z.strictObject({ contact: z.string(), customer: z.string(), name: z.string() }),
    ),
    session: z.strictObject({
      /** A document mail's own link opens this document only; null: everything. */
      document: nullableText,
      /** Staff have opened the portal for the contact. */
      staff: z.boolean(),
    }),
  })
  .meta({ id: "PortalMe" });

export const retainerMoney = { funded: amount, drawn: amount, refunded: amount, remaining: amount };
export const drawStatus = z.enum(["Unfunded", "Undrawn", "PartiallyDrawn", "Drawn"]);

export const seriesKinds = [
  "opening",
  "payment",
  "invoice",
  "returned",
  "refund",
  "other",
] as const;

/** All money that waits in one currency. `drawn` and `remaining` make the bar: of the money still open. */
const retainerCard = z.strictObject({
  currency: z.string(),
  remaining: amount,
  drawn: amount,
  /** Staff are warned below it; the dashed line. */
  lowBalance: amount.nullable(),
  /** "At this pace it lasts until about ...": from the last 90 days; null: too little to say. */
  lastsUntil: nullableText,
  /** Oldest first; `balance` is what is left after it, `amount` what it added or took. */
  series: z.array(
    z.strictObject({
      at: instant,
      balance: amount,
      kind: z.enum(seriesKinds),
      number: nullableText,
      amount,
    }),
  ),
  retainers: z.array(
    z.strictObject({
      id: z.string(),
      number: nullableText,
      date: z.string(),
      period: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
      ...retainerMoney,
      drawStatus,
    }),
  ),
});

export const homeReply = z
  .strictObject({
    /** `due` is all that is to pay, retainers included; `outstanding` is for work done. */
    balances: z.array(
      z.strictObject({
        currency: z.string(),
        due: amount,
        overdue: amount,
        outstanding: amount,
        unapplied: amount,
        credit: amount,
      }),
    ),
    retainers: z.array(retainerCard),
    /** Soonest due first, at most 20. */
    toPay: z.array(
      z.strictObject({
        id: z.string(),
        number: nullableText,
        isRetainer: z.boolean(),
        /** The first line's name. */
        about: nullableText,
        currency: z.string(),
        total: amount,
        balance: amount,
        date: z.string(),
        dueDate: z.string(),
        isOverdue: z.boolean(),
        status: z.string(),
      }),
    ),
    comingUp: z.array(
      z.strictObject({
        kind: z.enum(["prepayment", "recurring"]),
        id: z.string(),
        on: z.string(),
        amount,
        currency: z.string(),
        note: nullableText,
      }),
    ),
    /** Newest first, at most 10. */
    recent: z.array(
      z.strictObject({
        at: instant,
        type: z.string(),
        subject: z.string(),
        number: nullableText,
        amount: amount.nullable(),
        currency: nullableText,
      }),
    ),
  })
  .meta({ id: "PortalHome" });

const paymentMethod = z.strictObject({
  id: z.string(),
  /** Stripe's word: card, us_bank_account, sepa_debit, ... */
  type: z.string(),
  /** The card's brand, or the bank's name. */
  brand: nullableText,
  last4: nullableText,
  expMonth: count.nullable(),
  expYear: count.nullable(),
  isExpired: z.boolean(),
  expiresSoon: z.boolean(),
  isDefault: z.boolean(),
});
export const paymentMethodsReply = z
  .strictObject({ docs: z.array(paymentMethod), canAdd: z.boolean() })
  .meta({ id: "PortalPaymentMethods" });

/** Where to go on: Stripe's page. Absolute. */
export const urlReply = z
  .strictObject({ url: z.string(), expiresAt: instant.nullable() })
  .meta({ id: "PortalUrl" });

/** The saved method is being charged. */
export const chargedReply = z
  .strictObject({ payment: z.string(), number: z.string(), status: z.string() })
  .meta({ id: "PortalCharged" });

export const portalRecurringReply = z
  .strictObject({
    id: z.string(),
    number: z.string(),
    isRetainer: z.boolean(),
    status: z.enum(recurringStatuses),
    amount,
    currency: z.string(),
    frequency: z.enum(frequencies),
    startOn: z.string(),
    nextOn: nullableText,
    cycles: count.nullable(),
    cyclesLeft: count.nullable(),
    autoBillOn: z.enum(autoBillDays),
    /** Whether each is charged to the default method by itself. */
    autoBillActive: z.boolean(),
    /** The contact may switch that. */
    mayChoose: z.boolean(),
  })
  .meta({ id: "PortalRecurringInvoice" });
export const portalRecurringListReply = listOf(portalRecurringReply).meta({
  id: "PortalRecurringInvoices",
});

export const prepaymentReply = z
  .strictObject({
    id: z.string(),
    status: z.enum(prepaymentStatuses),
    amount,
    currency: z.string(),
    note: nullableText,
    frequency: z.enum(frequencies).nullable(),
    cycles: count.nullable(),
    cyclesLeft: count.nullable(),
    startOn: nullableText,
    nextOn: nullableText,
    createdAt: instant,
  })
  .meta({ id: "PortalPrepayment" });
export const prepaymentsReply = listOf(prepaymentReply).meta({ id: "PortalPrepayments" });

export const profileReply = z
  .strictObject({
    id: z.string(),
    firstName: nullableText,
    lastName: nullableText,
    email: z.string(),
    lang: nullableText,
    customer: z.strictObject({
      id: z.string(),
      name: z.string(),
      billTo: address,
      shipTo: address.nullable(),
      taxId: nullableText,
    }),
  })
  .meta({ id: "PortalProfile" });

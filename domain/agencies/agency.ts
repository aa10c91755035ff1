import * as z from "zod";
import { isTimeZone } from "../shared/calendar.ts";
import { amountSchema, currencySchema, idOf, maybe, recordFields } from "../shared/schema.ts";
import { autoApplyModes } from "../shared/terms.ts";
import { defaultNumbering, numberingSchema } from "./numbering.ts";

export const roles = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof roles)[number];

export const portalModules = [
  "invoices",
  "recurringInvoices",
  "payments",
  "quotes",
  "credits",
  "paymentMethods",
  "documents",
  "statement",
  "subscriptions",
  "prePayment",
] as const;

const toggle = z.boolean();

export const brandingSchema = z.object({
  /** An image, as a data URL, so that mails and PDFs need no request. */
  logo: maybe(z.string()),
  color: z.string(),
  replyTo: maybe(z.string()),
  address: maybe(z.string()),
});

export const reminderSchema = z.object({
  when: z.enum(["before", "after"]),
  days: z.number().int().positive(),
});

/** Amounts are minor units of the agency's currency. */
export const settingsSchema = z.object({
  currency: currencySchema,
  timeZone: z.string().refine(isTimeZone, "must be an IANA time zone"),
  locale: z.string(),
  sendHour: z.number().int().min(0).max(23),
  dueDays: z.number().int().min(0).max(365),
  numbering: numberingSchema,
  branding: brandingSchema,
  autoApply: z.enum(autoApplyModes),
  useCredits: z.enum(["always", "off"]),
  payment: z.object({ instructions: maybe(z.string()) }),
  overPayment: toggle,
  underPayment: z.object({ allowed: toggle, minimum: amountSchema }),
  clientInitiatedPayments: z.object({ enabled: toggle, minimum: amountSchema, recurring: toggle }),
  quote: z.object({
    autoConvert: toggle,
    requireSignature: toggle,
    requireTerms: toggle,
    requirePoNumber: toggle,
  }),
  portal: z.object({
    modules: z.object(
      Object.fromEntries(portalModules.map((name) => [name, toggle])) as Record<
        (typeof portalModules)[number],
        typeof toggle
      >,
    ),
    registration: toggle,
  }),
  reminders: z.array(reminderSchema),
  lateFee: maybe(
    z.object({
      type: z.enum(["amount", "percent"]),
      value: z.number().int(),
      days: z.number().int(),
    }),
  ),
  retainer: z.object({
    lowBalance: maybe(amountSchema),
    topUp: maybe(z.object({ threshold: amountSchema, amount: amountSchema })),
  }),
  attachPdf: toggle,
});
export type Settings = z.infer<typeof settingsSchema>;

export const agencySchema = z.object({
  id: idOf("agency"),
  name: z.string(),
  /** The name in the portal's address, /p/<slug>. */
  slug: z.string(),
  email: z.string(),
  settings: settingsSchema,
  stripe: maybe(
    z.object({
      account: z.string(),
      chargesEnabled: z.boolean(),
      detailsSubmitted: z.boolean(),
    }),
  ),
  ...recordFields,
});
export type Agency = z.infer<typeof agencySchema>;

export function defaultSettings(
  currency: Settings["currency"],
  timeZone: Settings["timeZone"],
): Settings {
  return {
    currency,
    timeZone,
    locale: "en-US",
    sendHour: 6,
    dueDays: 14,
    numbering: defaultNumbering,
    branding: { logo: null, color: "#1f6feb", replyTo: null, address: null },
    autoApply: "always",
    useCredits: "always",
    payment: { instructions: null },
    overPayment: true,
    underPayment: { allowed: false, minimum: 0 },
    clientInitiatedPayments: { enabled: false, minimum: 0, recurring: true },
    quote: {
      autoConvert: true,
      requireSignature: false,
      requireTerms: false,
      requirePoNumber: false,
    },
    portal: {
      modules: Object.fromEntries(portalModules.map((name) => [name, true])) as Record<
        (typeof portalModules)[number],
        boolean
      >,
      registration: false,
    },
    reminders: [
      { when: "before", days: 3 },
      { when: "after", days: 3 },
      { when: "after", days: 10 },
    ],
    lateFee: null,
    retainer: { lowBalance: null, topUp: null },
    attachPdf: true,
  };
}

/** `member` and below may not change settings, keys or staff; `viewer` only reads. */
export const mayAct = (role: Role, needed: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(needed);

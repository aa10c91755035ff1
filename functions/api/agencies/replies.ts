import * as z from "zod";
import { portalModules, roles } from "../../../domain/agencies/agency.ts";
import { actorSchema } from "../../../domain/shared/journal.ts";
import { originSchema } from "../../../domain/shared/origin.ts";
import { autoApplyModes } from "../../../domain/shared/terms.ts";
import { amount, instant, listOf, nullableText, stored } from "../replies.ts";

const flag = z.boolean();

export const settingsReply = z.strictObject({
  currency: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  sendHour: z.number().int(),
  dueDays: z.number().int(),
  numbering: z.strictObject({
    invoice: z.string(),
    retainer: z.string(),
    quote: z.string(),
    credit: z.string(),
    yearlyReset: flag,
  }),
  branding: z.strictObject({
    logo: nullableText,
    color: z.string(),
    replyTo: nullableText,
    address: nullableText,
  }),
  autoApply: z.enum(autoApplyModes),
  useCredits: z.enum(["always", "off"]),
  payment: z.strictObject({ instructions: nullableText }),
  overPayment: flag,
  underPayment: z.strictObject({ allowed: flag, minimum: amount }),
  clientInitiatedPayments: z.strictObject({ enabled: flag, minimum: amount, recurring: flag }),
  quote: z.strictObject({
    autoConvert: flag,
    requireSignature: flag,
    requireTerms: flag,
    requirePoNumber: flag,
  }),
  portal: z.strictObject({
    modules: z.strictObject(
      Object.fromEntries(portalModules.map((name) => [name, flag])) as Record<
        (typeof portalModules)[number],
        typeof flag
      >,
    ),
    registration: flag,
  }),
  reminders: z.array(z.strictObject({ when: z.enum(["before", "after"]), days: z.number().int() })),
  lateFee: z
    .strictObject({
      type: z.enum(["amount", "percent"]),
      value: z.number(),
      days: z.number().int(),
    })
    .nullable(),
  retainer: z.strictObject({
    lowBalance: amount.nullable(),
    topUp: z.strictObject({ threshold: amount, amount }).nullable(),
  }),
  attachPdf: flag,
});

export const agencyReply = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    email: z.string(),
    settings: settingsReply,
    ...stored,
  })
  .meta({ id: "Agency" });

const key = {
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
};

export const apiKeyReply = z
  .strictObject({ ...key, revokedAt: instant.nullable(), ...stored })
  .meta({ id: "ApiKey" });
export const apiKeyListReply = listOf(apiKeyReply).meta({ id: "ApiKeyList" });
export const newApiKeyReply = z
  .strictObject({ ...key, revokedAt: instant.nullable(), ...stored, key: z.string().optional() })
  .meta({ id: "NewApiKey" });

export const eventReply = z
  .strictObject({
    id: z.string(),
    type: z.string(),
    subject: z.string(),
    customer: nullableText,
    actor: actorSchema,
    at: instant,
    data: z.record(z.string(), z.unknown()),
    /** From where it was asked for; null: by the system, or erased with a contact. */
    origin: originSchema.required().nullable(),
  })
  .meta({ id: "Event" });
export const eventListReply = listOf(eventReply).meta({ id: "EventList" });

import * as z from "zod";
import { portalModules, roles } from "../../../domain/agencies/agency.ts";
import { isSlug } from "../../../domain/agencies/slug.ts";
import { isTimeZone } from "../../../domain/shared/calendar.ts";
import { autoApplyModes } from "../../../domain/shared/terms.ts";
import {
  clearable,
  currencyText,
  descriptionText,
  email,
  langText,
  longText,
  nameText,
  percent,
  positiveAmount,
  zeroOrMoreAmount,
} from "../../kit/fields.ts";
import { listQuery } from "../billing/schemas.ts";

const flag = z.boolean("must be true or false").optional();
const whole = (min: number, max: number) =>
  z
    .number("must be a number")
    .int("must be a whole number")
    .min(min, `must be ${min} to ${max}`)
    .max(max, `must be ${min} to ${max}`);

const logoCharactersMax = 90_000;
const pattern = z
  .string()
  .max(40)
  .regex(/^[^{}]*(\{year\}[^{}]*)?\{0{1,12}\}[^{}]*(\{year\}[^{}]*)?$/, {
    error: "must hold one run of zeros in braces, such as INV-{0000}, and may hold {year} once",
  })
  .optional();

const branding = z.strictObject({
  logo: clearable(
    z
      .string()
      .max(logoCharactersMax, "must have at most 64 KB")
      .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/, "must be a PNG or JPEG data URL"),
  ),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #1f6feb")
    .optional(),
  replyTo: clearable(email),
  address: clearable(descriptionText),
});

const lateFee = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("amount"), value: positiveAmount, days: whole(1, 365) }),
  z.strictObject({ type: z.literal("percent"), value: percent, days: whole(1, 365) }),
]);

const modules = z.strictObject(
  Object.fromEntries(portalModules.map((name) => [name, flag])) as Record<
    (typeof portalModules)[number],
    typeof flag
  >,
);

/** Merged level by level: what isn't said stays. */
export const settingsPatch = z.strictObject({
  currency: currencyText.optional(),
  timeZone: z.string().max(60).refine(isTimeZone, "must be an IANA time zone").optional(),
  locale: langText.optional(),
  sendHour: whole(0, 23).optional(),
  dueDays: whole(0, 365).optional(),
  numbering: z
    .strictObject({
      invoice: pattern,
      retainer: pattern,
      quote: pattern,
      credit: pattern,
      yearlyReset: flag,
    })
    .optional(),
  branding: branding.optional(),
  autoApply: z.enum(autoApplyModes).optional(),
  useCredits: z.enum(["always", "off"]).optional(),
  payment: z.strictObject({ instructions: clearable(longText) }).optional(),
  overPayment: flag,
  underPayment: z.strictObject({ allowed: flag, minimum: zeroOrMoreAmount.optional() }).optional(),
  clientInitiatedPayments: z
    .strictObject({ enabled: flag, minimum: zeroOrMoreAmount.optional(), recurring: flag })
    .optional(),
  quote: z
    .strictObject({
      autoConvert: flag,
      requireSignature: flag,
      requireTerms: flag,
      requirePoNumber: flag,
    })
    .optional(),
  portal: z.strictObject({ modules: modules.optional(), registration: flag }).optional(),
  reminders: z
    .array(z.strictObject({ when: z.enum(["before", "after"]), days: whole(1, 365) }))
    .max(3, "must have at most 3 entries")
    .optional(),
  lateFee: clearable(lateFee),
  retainer: z
    .strictObject({
      lowBalance: clearable(zeroOrMoreAmount),
      topUp: clearable(z.strictObject({ threshold: zeroOrMoreAmount, amount: positiveAmount })),
    })
    .optional(),
  attachPdf: flag,
});
export type SettingsPatch = z.output<typeof settingsPatch>;

export const agencyPatch = z.strictObject({
  name: nameText.optional(),
  email: email.optional(),
  slug: z
    .string()
    .refine(isSlug, "must have small letters, digits and single dashes, at most 60")
    .optional(),
  settings: settingsPatch.optional(),
});

export const apiKeyBody = z.strictObject({ name: nameText, role: z.enum(roles) });

export const eventsQuery = z.strictObject({
  page: listQuery.page,
  limit: listQuery.limit,
  after: listQuery.after,
  type: z.string().max(60).optional(),
  subject: z.string().max(60).optional(),
});

export const apiKeysQuery = z.strictObject({
  page: listQuery.page,
  limit: listQuery.limit,
  after: listQuery.after,
});

import * as z from "zod";
import { portalModules, roles } from "../../../domain/agencies/agency.ts";
import { isLogo, logoBytesMax } from "../../../domain/agencies/logo.ts";
import { patternSchema } from "../../../domain/agencies/numbering.ts";
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
  positiveAmount,
  positivePercent,
  zeroOrMoreAmount,
} from "../../kit/fields.ts";
import { listQuery } from "../billing/schemas.ts";

/** null gives a setting its default again. */
const flag = clearable(z.boolean("must be true or false"));
const wholeNumber = (min: number, max: number) =>
  z
    .number("must be a number")
    .int("must be a whole number")
    .min(min, `must be ${min} to ${max}`)
    .max(max, `must be ${min} to ${max}`);

const numbering = z.strictObject({
  invoice: clearable(patternSchema),
  retainer: clearable(patternSchema),
  quote: clearable(patternSchema),
  credit: clearable(patternSchema),
  yearlyReset: flag,
});

const branding = z.strictObject({
  logo: clearable(
    z
      .string()
      .refine(isLogo, `must be a data URL of a PNG or JPEG of at most ${logoBytesMax / 1_024} KB`),
  ),
  color: clearable(z.string().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #1f6feb")),
  replyTo: clearable(email),
  address: clearable(descriptionText),
});

const remindersMax = 3;
const reminders = z
  .array(z.strictObject({ when: z.enum(["before", "after"]), days: wholeNumber(1, 365) }))
  .max(remindersMax, `must have at most ${remindersMax} entries`)
  .refine(
    (all) => new Set(all.map(({ when, days }) => `${when} ${days}`)).size === all.length,
    "names the same day twice",
  );

const days = wholeNumber(1, 365);
const lateFee = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("amount"), value: positiveAmount, days }),
  z.strictObject({
    type: z.literal("percent"),
    value: positivePercent,
    days,
  }),
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
  locale: clearable(langText),
  sendHour: clearable(wholeNumber(0, 23)),
  dueDays: clearable(wholeNumber(0, 365)),
  numbering: clearable(numbering),
  branding: clearable(branding),
  autoApply: clearable(z.enum(autoApplyModes)),
  useCredits: clearable(z.enum(["always", "off"])),
  payment: clearable(z.strictObject({ instructions: clearable(longText) })),
  overPayment: flag,
  underPayment: clearable(z.strictObject({ allowed: flag, minimum: clearable(zeroOrMoreAmount) })),
  clientInitiatedPayments: clearable(
    z.strictObject({ enabled: flag, minimum: clearable(zeroOrMoreAmount), recurring: flag }),
  ),
  quote: clearable(
    z.strictObject({
      autoConvert: flag,
      requireSignature: flag,
      requireTerms: flag,
      requirePoNumber: flag,
    }),
  ),
  portal: clearable(z.strictObject({ modules: clearable(modules), registration: flag })),
  reminders: clearable(reminders),
  lateFee: clearable(lateFee),
  retainer: clearable(
    z.strictObject({
      lowBalance: clearable(zeroOrMoreAmount),
      topUp: clearable(z.strictObject({ threshold: zeroOrMoreAmount, amount: positiveAmount })),
    }),
  ),
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

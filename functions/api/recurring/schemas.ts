import * as z from "zod";
import { frequencies } from "../../../domain/recurring/frequency.ts";
import {
  autoBillDays,
  autoBillModes,
  recurringStatuses,
} from "../../../domain/recurring/recurring.ts";
import { clearable, dayText } from "../../kit/fields.ts";
import {
  customerReference,
  documentFields,
  items,
  listQuery,
  queryFlag,
} from "../billing/schemas.ts";

/** Number and dates are each occurrence's own; a slug can't be everyone's. */
const { number: _number, date: _date, slug: _slug, ...repeatedFields } = documentFields;

const templateFields = {
  ...repeatedFields,
  isRetainer: z.boolean("must be true or false").optional(),
};

export const templateBody = z.strictObject({
  customer: customerReference,
  items,
  ...templateFields,
});

const templatePatch = z.strictObject({
  customer: customerReference.optional(),
  items: items.optional(),
  ...templateFields,
});

const cyclesMax = 1_200;
export const cyclesNumber = z
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(cyclesMax, `must be at most ${cyclesMax}`);

export const frequencyName = z.enum(frequencies);
export const flag = z.boolean("must be true or false");

const dueDaysMax = 365;
const scheduleFields = {
  cycles: clearable(cyclesNumber),
  autoBill: z.enum(autoBillModes).optional(),
  autoBillOn: z.enum(autoBillDays).optional(),
  autoSend: flag.optional(),
  dueDays: clearable(
    z
      .int("must be a whole number")
      .min(0, "must not be below 0")
      .max(dueDaysMax, `must be at most ${dueDaysMax}`),
  ),
};

export const recurringBody = z.strictObject({
  template: templateBody,
  frequency: frequencyName,
  startOn: dayText,
  status: z.enum(["Draft", "Active"]).optional(),
  catchUp: flag.optional(),
  ...scheduleFields,
});
export type RecurringBody = z.output<typeof recurringBody>;

export const recurringPatch = z.strictObject({
  template: templatePatch.optional(),
  frequency: frequencyName.optional(),
  startOn: dayText.optional(),
  ...scheduleFields,
});
export type RecurringPatch = z.output<typeof recurringPatch>;

export const startBody = z.strictObject({ catchUp: flag.optional() });
export const resumeBody = z.strictObject({ catchUp: flag });

export const recurringListQuery = z.strictObject({
  ...listQuery,
  isRetainer: queryFlag.optional(),
  status: z.enum(recurringStatuses).optional(),
  customer: z.string().max(100).optional(),
});

const shownMax = 100;
export const scheduleQuery = z.strictObject({
  count: z.coerce
    .number()
    .int()
    .min(1, "must be 1 to 100")
    .max(shownMax, "must be 1 to 100")
    .optional(),
});

export const pageQuery = z.strictObject(listQuery);

import * as z from "zod";
import { prepaymentStatuses } from "../../../domain/portal/prepayment.ts";
import {
  clearable,
  currencyText,
  dayText,
  longText,
  positiveAmount,
  text,
} from "../../kit/fields.ts";
import { listQuery } from "../billing/schemas.ts";
import { cyclesNumber, flag, frequencyName } from "../recurring/schemas.ts";

const methodText = clearable(text(100));

export const prepaymentBody = z.strictObject({
  customer: z.string().max(100),
  amount: positiveAmount,
  currency: currencyText.optional(),
  frequency: frequencyName,
  startOn: dayText,
  cycles: clearable(cyclesNumber),
  paymentMethod: methodText,
  note: clearable(longText),
  catchUp: flag.optional(),
});

export const prepaymentPatch = z.strictObject({
  amount: positiveAmount.optional(),
  cycles: clearable(cyclesNumber),
  paymentMethod: methodText,
  note: clearable(longText),
});

export const prepaymentListQuery = z.strictObject({
  ...listQuery,
  status: z.enum(prepaymentStatuses).optional(),
  customer: z.string().max(100).optional(),
});

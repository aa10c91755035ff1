import * as z from "zod";
import { topUpActions } from "../../../domain/retainers/top-up.ts";
import { clearable, currencyText, positiveAmount, zeroOrMoreAmount } from "../../kit/fields.ts";

export const topUpQuery = z.strictObject({ currency: currencyText.optional() });

export const topUpBody = z
  .strictObject({
    threshold: zeroOrMoreAmount,
    amount: clearable(positiveAmount),
    target: clearable(positiveAmount),
    action: z.enum(topUpActions),
    monthlyCap: clearable(positiveAmount),
    lowBalance: clearable(zeroOrMoreAmount),
  })
  .superRefine(({ threshold, amount, target, action, monthlyCap }, context) => {
    const say = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    const hasAmount = typeof amount === "number";
    const hasTarget = typeof target === "number";
    if (hasAmount === hasTarget) say("amount", "give either an amount or a target");
    if (hasTarget && target <= threshold) say("target", "must be above the threshold");
    if (action === "charge" && typeof monthlyCap !== "number") {
      say("monthlyCap", "is needed to charge");
    }
  });

import * as z from "zod";
import { topUpActions } from "../../../domain/retainers/top-up.ts";
import { route } from "../../kit/route.ts";
import { amount, change, nullableText, read } from "../replies.ts";
import { topUpBody, topUpQuery } from "./schemas.ts";

const topUpReply = z
  .strictObject({
    customer: z.string(),
    currency: z.string(),
    /** Whether the agency's own setting applies, for want of a rule of the customer's. */
    isDefault: z.boolean(),
    threshold: amount,
    amount: amount.nullable(),
    target: amount.nullable(),
    action: z.enum(topUpActions),
    monthlyCap: amount.nullable(),
    lowBalance: amount.nullable(),
    /** The next dip strikes: the balance was above the threshold since the last one. */
    isArmed: z.boolean(),
    retainer: nullableText,
    version: z.number().int(),
  })
  .meta({ id: "TopUpRule" });

const base = {
  area: "recurring",
  tag: "Top-up rules",
  params: { id: "customer" },
  path: "/v1/customers/{id}/top-up",
  query: topUpQuery,
} as const;

export const topUpRoutes = {
  putTopUp: route({
    ...base,
    ...change,
    operation: "putTopUp",
    method: "PUT",
    summary: "Ask for, or charge, a new retainer when the balance falls to a threshold",
    body: topUpBody,
    replies: { 200: topUpReply },
  }),
  getTopUp: route({
    ...base,
    ...read,
    operation: "getTopUp",
    summary: "Read the top-up rule",
    replies: { 200: topUpReply },
  }),
  deleteTopUp: route({
    ...base,
    ...change,
    operation: "deleteTopUp",
    method: "DELETE",
    summary: "Remove the rule; the agency's own setting applies again",
    replies: { 204: null },
  }),
};

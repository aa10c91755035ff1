import * as z from "zod";
import { prepaymentStatuses } from "../../../domain/portal/prepayment.ts";
import { frequencies } from "../../../domain/recurring/frequency.ts";
import { route } from "../../kit/route.ts";
import { lastErrorReply } from "../recurring/replies.ts";
import { resumeBody } from "../recurring/schemas.ts";
import { amount, change, listOf, nullableText, read, stored } from "../replies.ts";
import { prepaymentBody, prepaymentListQuery, prepaymentPatch } from "./schemas.ts";

const prepaymentReply = z
  .strictObject({
    id: z.string(),
    customer: z.string(),
    contact: nullableText,
    status: z.enum(prepaymentStatuses),
    amount,
    currency: z.string(),
    note: nullableText,
    frequency: z.enum(frequencies),
    startOn: nullableText,
    nextOn: nullableText,
    cycles: z.number().int().nullable(),
    cyclesLeft: z.number().int().nullable(),
    skipped: z.number().int(),
    paymentMethod: nullableText,
    lastError: lastErrorReply,
    ...stored,
  })
  .meta({ id: "Prepayment" });

const base = { area: "recurring", tag: "Pre-payments" } as const;
const one = { ...base, params: { id: "prepayment" } } as const;
const post = { ...one, ...change, method: "POST", replies: { 200: prepaymentReply } } as const;

export const prepaymentRoutes = {
  createPrepayment: route({
    ...base,
    ...change,
    operation: "createPrepayment",
    method: "POST",
    path: "/v1/prepayments",
    summary: "Charge a saved method again and again; each cycle becomes an unapplied payment",
    body: prepaymentBody,
    replies: { 201: prepaymentReply },
  }),
  listPrepayments: route({
    ...base,
    ...read,
    operation: "listPrepayments",
    path: "/v1/prepayments",
    summary: "List pre-payments, newest first",
    query: prepaymentListQuery,
    replies: { 200: listOf(prepaymentReply).meta({ id: "PrepaymentList" }) },
  }),
  getPrepayment: route({
    ...one,
    ...read,
    operation: "getPrepayment",
    path: "/v1/prepayments/{id}",
    summary: "Read a pre-payment",
    replies: { 200: prepaymentReply },
  }),
  patchPrepayment: route({
    ...one,
    ...change,
    operation: "patchPrepayment",
    method: "PATCH",
    path: "/v1/prepayments/{id}",
    summary: "Change what is sent, from the next cycle on",
    body: prepaymentPatch,
    replies: { 200: prepaymentReply },
  }),
  pausePrepayment: route({
    ...post,
    operation: "pausePrepayment",
    path: "/v1/prepayments/{id}/pause",
    summary: "Charge nothing until it is resumed",
  }),
  resumePrepayment: route({
    ...post,
    operation: "resumePrepayment",
    path: "/v1/prepayments/{id}/resume",
    summary: "Go on; with catchUp what was missed is charged, once",
    body: resumeBody,
  }),
  cancelPrepayment: route({
    ...post,
    operation: "cancelPrepayment",
    path: "/v1/prepayments/{id}/cancel",
    summary: "End it",
  }),
};

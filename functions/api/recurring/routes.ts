import { route } from "../../kit/route.ts";
import { invoiceListReply } from "../billing/replies.ts";
import { change, read } from "../replies.ts";
import { recurringListReply, recurringReply, scheduleReply } from "./replies.ts";
import {
  pageQuery,
  recurringBody,
  recurringListQuery,
  recurringPatch,
  resumeBody,
  scheduleQuery,
  startBody,
} from "./schemas.ts";

const base = { area: "recurring", tag: "Recurring invoices" } as const;
const one = { ...base, params: { id: "recurring" } } as const;
const post = { ...one, ...change, method: "POST", replies: { 200: recurringReply } } as const;

export const recurringRoutes = {
  createRecurring: route({
    ...base,
    ...change,
    operation: "createRecurring",
    method: "POST",
    path: "/v1/recurring-invoices",
    summary: "Draft a recurring invoice or retainer; with status Active it runs at once",
    body: recurringBody,
    replies: { 201: recurringReply },
  }),
  listRecurring: route({
    ...base,
    ...read,
    operation: "listRecurring",
    path: "/v1/recurring-invoices",
    summary: "List recurring invoices, newest first",
    query: recurringListQuery,
    replies: { 200: recurringListReply },
  }),
  getRecurring: route({
    ...one,
    ...read,
    operation: "getRecurring",
    path: "/v1/recurring-invoices/{id}",
    summary: "Read a recurring invoice",
    replies: { 200: recurringReply },
  }),
  patchRecurring: route({
    ...one,
    ...change,
    operation: "patchRecurring",
    method: "PATCH",
    path: "/v1/recurring-invoices/{id}",
    summary: "Change what is sent, from the next occurrence on",
    body: recurringPatch,
    replies: { 200: recurringReply },
  }),
  deleteRecurring: route({
    ...one,
    ...change,
    operation: "deleteRecurring",
    method: "DELETE",
    path: "/v1/recurring-invoices/{id}",
    summary: "Delete one that has made nothing",
    replies: { 204: null },
  }),
  startRecurring: route({
    ...post,
    operation: "startRecurring",
    path: "/v1/recurring-invoices/{id}/start",
    summary: "Let a draft run",
    body: startBody,
  }),
  pauseRecurring: route({
    ...post,
    operation: "pauseRecurring",
    path: "/v1/recurring-invoices/{id}/pause",
    summary: "Make nothing until it is resumed",
  }),
  resumeRecurring: route({
    ...post,
    operation: "resumeRecurring",
    path: "/v1/recurring-invoices/{id}/resume",
    summary: "Go on, with or without the missed days",
    body: resumeBody,
  }),
  stopRecurring: route({
    ...post,
    operation: "stopRecurring",
    path: "/v1/recurring-invoices/{id}/stop",
    summary: "End it",
  }),
  getSchedule: route({
    ...one,
    ...read,
    operation: "getSchedule",
    path: "/v1/recurring-invoices/{id}/schedule",
    summary: "The days to come",
    query: scheduleQuery,
    replies: { 200: scheduleReply },
  }),
  listRecurringInvoices: route({
    ...one,
    ...read,
    operation: "listRecurringInvoices",
    path: "/v1/recurring-invoices/{id}/invoices",
    summary: "What it has made, newest first",
    query: pageQuery,
    replies: { 200: invoiceListReply },
  }),
};

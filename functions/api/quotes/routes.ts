import { route } from "../../kit/route.ts";
import { invoiceReply } from "../billing/replies.ts";
import { cancelBody, sendBody } from "../billing/schemas.ts";
import { change, read } from "../replies.ts";
import { quoteListReply, quoteReply } from "./replies.ts";
import { approveBody, declineBody, quoteBody, quoteListQuery, quotePatch } from "./schemas.ts";

const base = { area: "billing", tag: "Quotes" } as const;
const one = { ...base, params: { id: "quote" } } as const;
const post = { ...one, ...change, method: "POST", replies: { 200: quoteReply } } as const;

export const quotesRoutes = {
  createQuote: route({
    ...base,
    ...change,
    operation: "createQuote",
    method: "POST",
    path: "/v1/quotes",
    summary: "Draft a quote; with isRetainer it proposes a retainer",
    body: quoteBody,
    replies: { 201: quoteReply },
  }),
  listQuotes: route({
    ...base,
    ...read,
    operation: "listQuotes",
    path: "/v1/quotes",
    summary: "List quotes, newest first",
    query: quoteListQuery,
    replies: { 200: quoteListReply },
  }),
  getQuote: route({
    ...one,
    ...read,
    operation: "getQuote",
    path: "/v1/quotes/{id}",
    summary: "Read a quote",
    replies: { 200: quoteReply },
  }),
  replaceQuote: route({
    ...one,
    ...change,
    operation: "replaceQuote",
    method: "PUT",
    path: "/v1/quotes/{id}",
    summary: "Replace its terms; what isn't sent is reset",
    body: quoteBody,
    replies: { 200: quoteReply },
  }),
  patchQuote: route({
    ...one,
    ...change,
    operation: "patchQuote",
    method: "PATCH",
    path: "/v1/quotes/{id}",
    summary: "Change the terms that are sent",
    body: quotePatch,
    replies: { 200: quoteReply },
  }),
  deleteQuote: route({
    ...one,
    ...change,
    operation: "deleteQuote",
    method: "DELETE",
    path: "/v1/quotes/{id}",
    summary: "Delete a draft",
    replies: { 204: null },
  }),
  sendQuote: route({
    ...post,
    operation: "sendQuote",
    path: "/v1/quotes/{id}/send",
    summary: "Number it and mail it",
    body: sendBody.omit({ date: true }),
    replies: { 202: quoteReply },
  }),
  markQuoteSent: route({
    ...post,
    operation: "markQuoteSent",
    path: "/v1/quotes/{id}/mark-sent",
    summary: "Number it without a mail",
  }),
  approveQuote: route({
    ...post,
    operation: "approveQuote",
    path: "/v1/quotes/{id}/approve",
    summary: "Approve it on the customer's word",
    body: approveBody,
  }),
  declineQuote: route({
    ...post,
    operation: "declineQuote",
    path: "/v1/quotes/{id}/decline",
    summary: "Decline it on the customer's word",
    body: declineBody,
  }),
  cancelQuote: route({
    ...post,
    operation: "cancelQuote",
    path: "/v1/quotes/{id}/cancel",
    summary: "Take it back",
    body: cancelBody,
  }),
  convertQuote: route({
    ...post,
    operation: "convertQuote",
    path: "/v1/quotes/{id}/convert",
    summary: "Make it an invoice or retainer",
    replies: { 201: invoiceReply },
  }),
};

import { route } from "../../kit/route.ts";
import { creditListReply, creditReply } from "../billing/replies.ts";
import { change, read } from "../replies.ts";
import { applyCreditBody, createCreditBody, creditListQuery } from "./schemas.ts";

const base = { area: "billing", tag: "Credits" } as const;
const one = { ...base, params: { id: "credit" } } as const;

export const creditsRoutes = {
  createCredit: route({
    ...base,
    ...change,
    operation: "createCredit",
    method: "POST",
    path: "/v1/credits",
    summary: "Draft a credit: goodwill or correction without money behind it",
    body: createCreditBody,
    replies: { 201: creditReply },
  }),
  listCredits: route({
    ...base,
    ...read,
    operation: "listCredits",
    path: "/v1/credits",
    summary: "List credits, newest first",
    query: creditListQuery,
    replies: { 200: creditListReply },
  }),
  getCredit: route({
    ...one,
    ...read,
    operation: "getCredit",
    path: "/v1/credits/{id}",
    summary: "Read a credit",
    replies: { 200: creditReply },
  }),
  issueCredit: route({
    ...one,
    ...change,
    operation: "issueCredit",
    method: "POST",
    path: "/v1/credits/{id}/issue",
    summary: "Let the customer use it",
    replies: { 200: creditReply },
  }),
  applyCredit: route({
    ...one,
    ...change,
    operation: "applyCredit",
    method: "POST",
    path: "/v1/credits/{id}/apply",
    summary: "Apply it to invoices",
    body: applyCreditBody,
    replies: { 200: creditReply },
  }),
  voidCredit: route({
    ...one,
    ...change,
    operation: "voidCredit",
    method: "POST",
    path: "/v1/credits/{id}/void",
    summary: "Take back what is left of it",
    replies: { 200: creditReply },
  }),
};

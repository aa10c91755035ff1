import { route } from "../../kit/route.ts";
import { change, read } from "../replies.ts";
import { statementReply } from "./replies.ts";
import { sendStatementBody, statementQuery } from "./schemas.ts";

const base = { area: "reports", tag: "Customers", params: { id: "customer" } } as const;

export const reportsRoutes = {
  getStatement: route({
    ...read,
    ...base,
    operation: "getStatement",
    path: "/v1/customers/{id}/statement",
    summary: "All that moved in a range of days; with format=pdf as PDF",
    query: statementQuery,
    replies: { 200: statementReply },
  }),
  sendStatement: route({
    ...change,
    ...base,
    operation: "sendStatement",
    method: "POST",
    path: "/v1/customers/{id}/statement/send",
    summary: "Mail it, with the PDF",
    body: sendStatementBody,
    replies: { 202: null },
  }),
};

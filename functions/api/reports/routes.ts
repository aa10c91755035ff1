import { route } from "../../kit/route.ts";
import { change, read } from "../replies.ts";
import {
  agingReply,
  retainersReply,
  revenueReply,
  statementReply,
  trialBalanceReply,
} from "./replies.ts";
import { ledgerQuery, reportQuery, sendStatementBody, statementQuery } from "./schemas.ts";

const base = { area: "reports", tag: "Customers", params: { id: "customer" } } as const;
const report = { ...read, area: "reports", tag: "Reports", query: reportQuery } as const;

export const reportsRoutes = {
  getStatement: route({
    ...read,
    ...base,
    operation: "getStatement",
    path: "/v1/customers/{id}/statement",
    summary: "All that moved in a range of days; with format=pdf as PDF",
    query: statementQuery,
    file: "application/pdf",
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
  getAging: route({
    ...report,
    operation: "getAging",
    path: "/v1/reports/aging",
    summary: "Who owed what at the end of a day, by how late it was",
    replies: { 200: agingReply },
  }),
  getRetainers: route({
    ...report,
    operation: "getRetainers",
    path: "/v1/reports/retainers",
    summary: "Money that was paid ahead and not yet drawn, by customer and retainer",
    replies: { 200: retainersReply },
  }),
  getRevenue: route({
    ...report,
    operation: "getRevenue",
    path: "/v1/reports/revenue",
    summary: "What was earned, by month",
    replies: { 200: revenueReply },
  }),
  getTrialBalance: route({
    ...report,
    operation: "getTrialBalance",
    path: "/v1/reports/trial-balance",
    summary: "Debits and credits of every account; the balances sum to 0",
    replies: { 200: trialBalanceReply },
  }),
  exportLedger: route({
    ...read,
    area: "reports",
    tag: "Reports",
    operation: "exportLedger",
    path: "/v1/ledger/export",
    summary:
      "The books as plain-text double entry (hledger) or CSV; what one answer can't hold goes on behind the Link header with rel=next",
    query: ledgerQuery,
    replies: { 200: "text/plain, text/csv" },
  }),
};

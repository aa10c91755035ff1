import type * as z from "zod";
import { statementReply } from "../api/reports/replies.ts";
import { statementQuery } from "../api/reports/schemas.ts";
import { route } from "../kit/route.ts";
import {
  approvedReply,
  portalCreditsReply,
  portalInvoiceReply,
  portalInvoicesReply,
  portalPaymentReply,
  portalPaymentsReply,
  portalQuoteReply,
  portalQuotesReply,
} from "./document-replies.ts";
import { portalDocumentReply, portalDocumentsReply, zipReply } from "./file-replies.ts";
import {
  chargedReply,
  homeReply,
  meReply,
  paymentMethodsReply,
  portalRecurringListReply,
  portalRecurringReply,
  prepaymentReply,
  prepaymentsReply,
  profileReply,
  urlReply,
} from "./replies.ts";
import {
  approveBody,
  autoBillBody,
  declineBody,
  invoicesQuery,
  pageQuery,
  payBody,
  payManyBody,
  prepaymentBody,
  profilePatch,
  zipBody,
} from "./schemas.ts";

const base = { area: "portal", auth: "contact", tag: "Client portal" } as const;

/** A page of the portal reads. */
const get = <const P extends string, const R extends z.ZodType | string>(
  operation: string,
  path: P,
  { summary, reply }: { readonly summary: string; readonly reply: R },
) => ({ ...base, operation, method: "GET", path, summary, replies: { 200: reply } }) as const;

/** A contact does something; the header x-portal: 1 is required. */
const post = <const P extends string>(operation: string, path: P, summary: string) =>
  ({ ...base, operation, method: "POST", path, summary }) as const;

const pdf = "application/pdf";
const ofInvoice = { params: { id: "invoice" } } as const;
const ofQuote = { params: { id: "quote" } } as const;
const ofPayment = { params: { id: "payment" } } as const;
const ofDocument = { params: { id: "document" } } as const;
const ofZip = { params: { id: "zip" } } as const;
const ofRecurring = { params: { id: "recurring" } } as const;
const ofPrepayment = { params: { id: "prepayment" } } as const;

export const portalRoutes = {
  me: route(get("portalMe", "/portal/me", { summary: "Who is logged in, where", reply: meReply })),
  home: route(
    get("portalHome", "/portal/home", { summary: "Balances and what is due", reply: homeReply }),
  ),
  listInvoices: route({
    ...get("portalListInvoices", "/portal/invoices", {
      summary: "Invoices and retainers, newest first",
      reply: portalInvoicesReply,
    }),
    query: invoicesQuery,
  }),
  getInvoice: route({
    ...get("portalGetInvoice", "/portal/invoices/{id}", {
      summary: "An invoice or retainer; the first look is noted",
      reply: portalInvoiceReply,
    }),
    ...ofInvoice,
  }),
  getInvoicePdf: route({
    ...get("portalGetInvoicePdf", "/portal/invoices/{id}/pdf", { summary: "As PDF", reply: pdf }),
    area: "pdf",
    ...ofInvoice,
  }),
  payInvoice: route({
    ...post("portalPayInvoice", "/portal/invoices/{id}/pay", "Pay it, or part of it"),
    ...ofInvoice,
    body: payBody,
    replies: { 201: urlReply, 202: chargedReply },
  }),
  payInvoices: route({
    ...post("portalPayInvoices", "/portal/pay", "Pay several invoices in one go"),
    body: payManyBody,
    replies: { 201: urlReply, 202: chargedReply },
  }),
  askInvoiceZip: route({
    ...post("portalAskInvoiceZip", "/portal/invoices/zip", "Several as PDFs in one zip, by a link"),
    area: "documents",
    body: zipBody,
    replies: { 202: zipReply },
  }),
  getInvoiceZip: route({
    ...get("portalGetInvoiceZip", "/portal/invoices/zip/{id}", {
      summary: "Whether the zip is ready, with a new link",
      reply: zipReply,
    }),
    area: "documents",
    ...ofZip,
  }),
  listDocuments: route({
    ...get("portalListDocuments", "/portal/documents", {
      summary: "Files that the agency made visible, newest first",
      reply: portalDocumentsReply,
    }),
    area: "documents",
    query: pageQuery,
  }),
  getDocument: route({
    ...get("portalGetDocument", "/portal/documents/{id}", {
      summary: "A file, with a link to fetch it",
      reply: portalDocumentReply,
    }),
    area: "documents",
    ...ofDocument,
  }),
  listQuotes: route({
    ...get("portalListQuotes", "/portal/quotes", { summary: "Quotes", reply: portalQuotesReply }),
    query: pageQuery,
  }),
  getQuote: route({
    ...get("portalGetQuote", "/portal/quotes/{id}", {
      summary: "A quote; the first look is noted",
      reply: portalQuoteReply,
    }),
    ...ofQuote,
  }),
  getQuotePdf: route({
    ...get("portalGetQuotePdf", "/portal/quotes/{id}/pdf", { summary: "As PDF", reply: pdf }),
    area: "pdf",
    ...ofQuote,
  }),
  approveQuote: route({
    ...post("portalApproveQuote", "/portal/quotes/{id}/approve", "Approve a quote"),
    ...ofQuote,
    body: approveBody,
    replies: { 200: approvedReply },
  }),
  declineQuote: route({
    ...post("portalDeclineQuote", "/portal/quotes/{id}/decline", "Decline a quote"),
    ...ofQuote,
    body: declineBody,
    replies: { 200: portalQuoteReply },
  }),
  listPayments: route({
    ...get("portalListPayments", "/portal/payments", {
      summary: "Payments, newest first",
      reply: portalPaymentsReply,
    }),
    query: pageQuery,
  }),
  getPayment: route({
    ...get("portalGetPayment", "/portal/payments/{id}", {
      summary: "A payment, what it paid and what is left of it",
      reply: portalPaymentReply,
    }),
    ...ofPayment,
  }),
  getReceiptPdf: route({
    ...get("portalGetReceiptPdf", "/portal/payments/{id}/pdf", { summary: "Receipt", reply: pdf }),
    area: "pdf",
    ...ofPayment,
  }),
  listCredits: route({
    ...get("portalListCredits", "/portal/credits", {
      summary: "Credits, newest first",
      reply: portalCreditsReply,
    }),
    query: pageQuery,
  }),
  listPaymentMethods: route(
    get("portalListPaymentMethods", "/portal/payment-methods", {
      summary: "Saved cards and bank accounts, the default one first",
      reply: paymentMethodsReply,
    }),
  ),
  addPaymentMethod: route({
    ...post("portalAddPaymentMethod", "/portal/payment-methods", "Add one on Stripe's page"),
    replies: { 201: urlReply },
  }),
  setDefaultPaymentMethod: route({
    ...post(
      "portalSetDefaultPaymentMethod",
      "/portal/payment-methods/{id}/default",
      "Charge this one from now on",
    ),
    replies: { 204: null },
  }),
  removePaymentMethod: route({
    ...post("portalRemovePaymentMethod", "/portal/payment-methods/{id}", "Forget it"),
    method: "DELETE",
    replies: { 204: null },
  }),
  listPrepayments: route({
    ...get("portalListPrepayments", "/portal/prepayments", {
      summary: "Pre-payments, newest first",
      reply: prepaymentsReply,
    }),
    query: pageQuery,
  }),
  createPrepayment: route({
    ...post(
      "portalCreatePrepayment",
      "/portal/prepayments",
      "Send money ahead, once or repeatedly",
    ),
    body: prepaymentBody,
    replies: { 201: urlReply },
  }),
  cancelPrepayment: route({
    ...post("portalCancelPrepayment", "/portal/prepayments/{id}/cancel", "Stop repeating it"),
    ...ofPrepayment,
    replies: { 200: prepaymentReply },
  }),
  listRecurring: route({
    ...get("portalListRecurring", "/portal/recurring-invoices", {
      summary: "Recurring invoices and retainers, newest first",
      reply: portalRecurringListReply,
    }),
    query: pageQuery,
  }),
  getRecurring: route({
    ...get("portalGetRecurring", "/portal/recurring-invoices/{id}", {
      summary: "A recurring invoice",
      reply: portalRecurringReply,
    }),
    ...ofRecurring,
  }),
  listRecurringInvoices: route({
    ...get("portalListRecurringInvoices", "/portal/recurring-invoices/{id}/invoices", {
      summary: "What it has made, newest first",
      reply: portalInvoicesReply,
    }),
    ...ofRecurring,
    query: pageQuery,
  }),
  chooseAutoBill: route({
    ...post(
      "portalChooseAutoBill",
      "/portal/recurring-invoices/{id}/auto-bill",
      "Let it be charged by itself, or not",
    ),
    ...ofRecurring,
    body: autoBillBody,
    replies: { 200: portalRecurringReply },
  }),
  getStatement: route({
    ...get("portalGetStatement", "/portal/statement", {
      summary: "All that moved in a range of days; with format=pdf as PDF",
      reply: statementReply,
    }),
    area: "reports",
    query: statementQuery,
    file: "application/pdf",
  }),
  getProfile: route(
    get("portalGetProfile", "/portal/profile", { summary: "Own data", reply: profileReply }),
  ),
  patchProfile: route({
    ...post("portalPatchProfile", "/portal/profile", "Change own data or the address"),
    method: "PATCH",
    body: profilePatch,
    replies: { 200: profileReply },
  }),
};

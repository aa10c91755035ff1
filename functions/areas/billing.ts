import { applyToInvoice } from "../api/billing/apply-to-invoice.ts";
import { cancelInvoice } from "../api/billing/cancel-invoice.ts";
import { chargeInvoice } from "../api/billing/charge-invoice.ts";
import { checkoutInvoice } from "../api/billing/checkout-invoice.ts";
import { createInvoice } from "../api/billing/create-invoice.ts";
import { deleteInvoice } from "../api/billing/delete-invoice.ts";
import { getInvoice } from "../api/billing/get-invoice.ts";
import { listInvoicePayments } from "../api/billing/list-invoice-payments.ts";
import { listInvoices } from "../api/billing/list-invoices.ts";
import { markSent } from "../api/billing/mark-sent.ts";
import { markPaid, recordInvoicePayment } from "../api/billing/record-payment.ts";
import { cancelSend, sendInvoice } from "../api/billing/send-invoice.ts";
import { patchInvoice, replaceInvoice } from "../api/billing/update-invoice.ts";
import { createCredit } from "../api/credits/create-credit.ts";
import { applyCredit, issueCredit, voidCredit } from "../api/credits/move-credit.ts";
import { getCredit, listCredits } from "../api/credits/read-credits.ts";
import { approveQuote, convertQuote, declineQuote } from "../api/quotes/answer-quote.ts";
import { createQuote, deleteQuote, patchQuote, replaceQuote } from "../api/quotes/draft-quote.ts";
import { getQuote, listQuotes } from "../api/quotes/read-quotes.ts";
import { cancelQuote, markQuoteSent, sendQuote } from "../api/quotes/send-quote.ts";
import { buildArea } from "../kit/area.ts";

export const build = buildArea({
  area: "billing",
  operations: [
    createInvoice,
    listInvoices,
    getInvoice,
    replaceInvoice,
    patchInvoice,
    deleteInvoice,
    sendInvoice,
    cancelSend,
    markSent,
    markPaid,
    recordInvoicePayment,
    listInvoicePayments,
    applyToInvoice,
    checkoutInvoice,
    chargeInvoice,
    cancelInvoice,
    createCredit,
    listCredits,
    getCredit,
    issueCredit,
    applyCredit,
    voidCredit,
    createQuote,
    listQuotes,
    getQuote,
    replaceQuote,
    patchQuote,
    deleteQuote,
    sendQuote,
    markQuoteSent,
    approveQuote,
    declineQuote,
    cancelQuote,
    convertQuote,
  ],
});

import { buildArea } from "../kit/area.ts";
import { getHome } from "../portal/get-home.ts";
import { getMe } from "../portal/get-me.ts";
import { payInvoice, payInvoices } from "../portal/pay.ts";
import {
  addPaymentMethod,
  listPaymentMethods,
  removePaymentMethod,
  setDefaultPaymentMethod,
} from "../portal/payment-methods.ts";
import { cancelPrepayment, createPrepayment, listPrepayments } from "../portal/prepayments.ts";
import { getProfile, patchProfile } from "../portal/profile.ts";
import { approveQuote, declineQuote, getQuote, listQuotes } from "../portal/quotes.ts";
import { getInvoice, listInvoices } from "../portal/read-invoices.ts";
import { getPayment, listCredits, listPayments } from "../portal/read-payments.ts";
import { chooseAutoBill, getRecurring, listMade, listRecurring } from "../portal/recurring.ts";

export const build = buildArea({
  area: "portal",
  operations: [
    getMe,
    getHome,
    listInvoices,
    getInvoice,
    payInvoice,
    payInvoices,
    listQuotes,
    getQuote,
    approveQuote,
    declineQuote,
    listPayments,
    getPayment,
    listCredits,
    listPaymentMethods,
    addPaymentMethod,
    setDefaultPaymentMethod,
    removePaymentMethod,
    listPrepayments,
    createPrepayment,
    cancelPrepayment,
    listRecurring,
    getRecurring,
    listMade,
    chooseAutoBill,
    getProfile,
    patchProfile,
  ],
});

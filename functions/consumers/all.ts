import type { Consumer } from "../kit/consumer.ts";
import { planDueAnew } from "./agency-updated-plan-due.ts";
import { alertStaff } from "./alert-staff.ts";
import { closeOutdatedCheckout } from "./balance-changed-close-checkout.ts";
import { topUpRetainer } from "./balance-changed-top-up.ts";
import { noteEndedCharge } from "./charge-ended-note-schedule.ts";
import { closeSupersededPages } from "./checkout-opened-close-superseded.ts";
import { eraseContact } from "./contact-erasure-asked-erase.ts";
import { countRecords } from "./count-records.ts";
import { removeStripeCustomer } from "./customer-stripe-removal-asked-remove.ts";
import { removeObject } from "./document-deleted-remove-object.ts";
import { deleteDocumentsOfDraft } from "./draft-deleted-delete-documents.ts";
import { indexSearch } from "./index-search.ts";
import { mailLateFee } from "./invoice-late-fee-mail.ts";
import { mailNotCharged } from "./invoice-not-charged-mail.ts";
import { mailReminder } from "./invoice-reminded-mail.ts";
import { mailInvoice } from "./invoice-sent-mail.ts";
import { keepFeed } from "./keep-feed.ts";
import { markAddress } from "./mail-returned-mark-address.ts";
import { receiveDocument } from "./object-created-receive-document.ts";
import { mailFailedPayment } from "./payment-failed-mail.ts";
import { mailReceipt } from "./payment-mail-receipt.ts";
import { planCardAnnouncement } from "./payment-method-changed-plan-announcement.ts";
import { mailExpiringCard } from "./payment-method-expiring-mail.ts";
import { chargePendingMethod } from "./payment-pending-charge-method.ts";
import { startPrepaid } from "./payment-received-start-prepayment.ts";
import { askStripeForRefund } from "./payment-refunded-ask-stripe.ts";
import { mailRefund } from "./payment-refunded-mail.ts";
import { mailEndedPrepayment } from "./prepayment-ended-mail.ts";
import { mailQuote } from "./quote-sent-mail.ts";
import { planDueOfRecord } from "./record-changed-plan-due.ts";
import { mailRetainerLow } from "./retainer-low-mail.ts";
import { mailLoginLink } from "./session-link-asked-mail.ts";
import { mailRegistrationLink } from "./session-registration-asked-mail.ts";
import { mailStatement } from "./statement-sent-mail.ts";
import { handleReceivedStripeEvent } from "./stripe-event-received-handle.ts";
import { makeZip } from "./zip-asked-make.ts";

/** Every reaction to events. Each has a queue of its own, named like it. */
export const consumers: readonly Consumer[] = [
  keepFeed,
  indexSearch,
  countRecords,
  handleReceivedStripeEvent,
  askStripeForRefund,
  chargePendingMethod,
  closeOutdatedCheckout,
  closeSupersededPages,
  mailInvoice,
  mailQuote,
  mailReceipt,
  mailRefund,
  mailFailedPayment,
  mailStatement,
  mailLoginLink,
  mailRegistrationLink,
  markAddress,
  startPrepaid,
  receiveDocument,
  removeObject,
  removeStripeCustomer,
  deleteDocumentsOfDraft,
  makeZip,
  eraseContact,
  noteEndedCharge,
  topUpRetainer,
  planDueOfRecord,
  planDueAnew,
  mailReminder,
  mailLateFee,
  mailNotCharged,
  mailRetainerLow,
  mailExpiringCard,
  mailEndedPrepayment,
  alertStaff,
  planCardAnnouncement,
];

import { agencyCreated } from "./agency-created.ts";
import { agencyStripeChanged } from "./agency-stripe-changed.ts";
import { agencyStripeConnected } from "./agency-stripe-connected.ts";
import { agencyStripeDisconnected } from "./agency-stripe-disconnected.ts";
import { agencyUpdated } from "./agency-updated.ts";
import { apiKeyCreated } from "./api-key-created.ts";
import { apiKeyRevoked } from "./api-key-revoked.ts";
import { checkoutOpened } from "./checkout-opened.ts";
import { contactCreated } from "./contact-created.ts";
import { contactDeleted } from "./contact-deleted.ts";
import { contactErased } from "./contact-erased.ts";
import { contactErasureAsked } from "./contact-erasure-asked.ts";
import { contactUpdated } from "./contact-updated.ts";
import { type Contract, isInner } from "./contract.ts";
import { creditApplied } from "./credit-applied.ts";
import { creditCreated } from "./credit-created.ts";
import { creditExpired } from "./credit-expired.ts";
import { creditIssued } from "./credit-issued.ts";
import { creditVoided } from "./credit-voided.ts";
import { customerCreated } from "./customer-created.ts";
import { customerDeleted } from "./customer-deleted.ts";
import { customerStripeRemovalAsked } from "./customer-stripe-removal-asked.ts";
import { customerStripeRemoved } from "./customer-stripe-removed.ts";
import { customerUpdated } from "./customer-updated.ts";
import { documentCreated } from "./document-created.ts";
import { documentDeleted } from "./document-deleted.ts";
import { documentRefused } from "./document-refused.ts";
import { documentUpdated } from "./document-updated.ts";
import { invoiceCanceled } from "./invoice-canceled.ts";
import { invoiceCreated } from "./invoice-created.ts";
import { invoiceDeleted } from "./invoice-deleted.ts";
import { invoiceIssued } from "./invoice-issued.ts";
import { invoiceLateFee } from "./invoice-late-fee.ts";
import { invoiceNotCharged } from "./invoice-not-charged.ts";
import { invoiceOverdue } from "./invoice-overdue.ts";
import { invoicePaid } from "./invoice-paid.ts";
import { invoiceReminded } from "./invoice-reminded.ts";
import { invoiceScheduled } from "./invoice-scheduled.ts";
import { invoiceSent } from "./invoice-sent.ts";
import { invoiceUnscheduled } from "./invoice-unscheduled.ts";
import { invoiceUpdated } from "./invoice-updated.ts";
import { invoiceViewed } from "./invoice-viewed.ts";
import { mailDelayed } from "./mail-delayed.ts";
import { mailFailed } from "./mail-failed.ts";
import { mailNotSent } from "./mail-not-sent.ts";
import { mailReturned } from "./mail-returned.ts";
import { paymentApplied } from "./payment-applied.ts";
import { paymentChangedAtStripe } from "./payment-changed-at-stripe.ts";
import { paymentDisputed } from "./payment-disputed.ts";
import { paymentFailed } from "./payment-failed.ts";
import { paymentMethodChosen } from "./payment-method-chosen.ts";
import { paymentMethodExpiring } from "./payment-method-expiring.ts";
import { paymentMethodRemovalAsked } from "./payment-method-removal-asked.ts";
import { paymentMethodRemoved } from "./payment-method-removed.ts";
import { paymentMethodSaved } from "./payment-method-saved.ts";
import { paymentMethodUpdated } from "./payment-method-updated.ts";
import { paymentPending } from "./payment-pending.ts";
import { paymentReceiptAsked } from "./payment-receipt-asked.ts";
import { paymentReceived } from "./payment-received.ts";
import { paymentRefundFailed } from "./payment-refund-failed.ts";
import { paymentRefundSettled } from "./payment-refund-settled.ts";
import { paymentRefunded } from "./payment-refunded.ts";
import { paymentUnapplied } from "./payment-unapplied.ts";
import { paymentUnexpected } from "./payment-unexpected.ts";
import { paymentUpdated } from "./payment-updated.ts";
import { paymentVoided } from "./payment-voided.ts";
import { portalLoggedIn } from "./portal-logged-in.ts";
import { portalLoggedOut } from "./portal-logged-out.ts";
import { portalOpened } from "./portal-opened.ts";
import { portalSwitched } from "./portal-switched.ts";
import { prepaymentCanceled } from "./prepayment-canceled.ts";
import { prepaymentCharged } from "./prepayment-charged.ts";
import { prepaymentCompleted } from "./prepayment-completed.ts";
import { prepaymentCreated } from "./prepayment-created.ts";
import { prepaymentNotCharged } from "./prepayment-not-charged.ts";
import { prepaymentPaused } from "./prepayment-paused.ts";
import { prepaymentResumed } from "./prepayment-resumed.ts";
import { prepaymentSkipped } from "./prepayment-skipped.ts";
import { prepaymentStarted } from "./prepayment-started.ts";
import { prepaymentUpdated } from "./prepayment-updated.ts";
import { quoteApproved } from "./quote-approved.ts";
import { quoteCanceled } from "./quote-canceled.ts";
import { quoteConverted } from "./quote-converted.ts";
import { quoteCreated } from "./quote-created.ts";
import { quoteDeclined } from "./quote-declined.ts";
import { quoteDeleted } from "./quote-deleted.ts";
import { quoteExpired } from "./quote-expired.ts";
import { quoteMarkedSent } from "./quote-marked-sent.ts";
import { quoteSent } from "./quote-sent.ts";
import { quoteUpdated } from "./quote-updated.ts";
import { quoteViewed } from "./quote-viewed.ts";
import { recurringAutoBillChosen } from "./recurring-auto-bill-chosen.ts";
import { recurringCompleted } from "./recurring-completed.ts";
import { recurringCreated } from "./recurring-created.ts";
import { recurringDeleted } from "./recurring-deleted.ts";
import { recurringIssued } from "./recurring-issued.ts";
import { recurringPaused } from "./recurring-paused.ts";
import { recurringResumed } from "./recurring-resumed.ts";
import { recurringStarted } from "./recurring-started.ts";
import { recurringStopped } from "./recurring-stopped.ts";
import { recurringUpdated } from "./recurring-updated.ts";
import { retainerDrawn } from "./retainer-drawn.ts";
import { retainerFunded } from "./retainer-funded.ts";
import { retainerLow } from "./retainer-low.ts";
import { retainerRefunded } from "./retainer-refunded.ts";
import { sessionLinkAsked } from "./session-link-asked.ts";
import { sessionRegistrationAsked } from "./session-registration-asked.ts";
import { statementSent } from "./statement-sent.ts";
import { storageObjectCreated } from "./storage-object-created.ts";
import { stripeEventReceived } from "./stripe-event-received.ts";
import { topUpAsked } from "./top-up-asked.ts";
import { topUpChanged } from "./top-up-changed.ts";
import { topUpRemoved } from "./top-up-removed.ts";
import { zipAsked } from "./zip-asked.ts";

/** Every event that may be published. A name that is missing here is a bug, which the tests find. */
export const contracts: readonly Contract[] = [
  agencyCreated,
  agencyUpdated,
  apiKeyCreated,
  apiKeyRevoked,
  customerCreated,
  customerStripeRemovalAsked,
  customerStripeRemoved,
  customerUpdated,
  customerDeleted,
  contactCreated,
  contactUpdated,
  contactDeleted,
  contactErasureAsked,
  contactErased,
  invoiceCreated,
  invoiceUpdated,
  invoiceDeleted,
  invoiceScheduled,
  invoiceUnscheduled,
  invoiceIssued,
  invoiceSent,
  invoiceViewed,
  invoicePaid,
  invoiceOverdue,
  invoiceCanceled,
  retainerFunded,
  retainerDrawn,
  retainerRefunded,
  retainerLow,
  quoteCreated,
  quoteUpdated,
  quoteDeleted,
  quoteSent,
  quoteMarkedSent,
  quoteViewed,
  quoteApproved,
  quoteDeclined,
  quoteConverted,
  quoteCanceled,
  quoteExpired,
  paymentPending,
  paymentReceived,
  paymentUnexpected,
  paymentApplied,
  paymentUnapplied,
  paymentRefunded,
  paymentRefundSettled,
  paymentRefundFailed,
  paymentFailed,
  paymentDisputed,
  paymentChangedAtStripe,
  paymentVoided,
  paymentUpdated,
  paymentReceiptAsked,
  creditCreated,
  creditIssued,
  creditApplied,
  creditVoided,
  creditExpired,
  recurringIssued,
  recurringCompleted,
  prepaymentCreated,
  prepaymentStarted,
  prepaymentCharged,
  prepaymentCanceled,
  recurringCreated,
  recurringUpdated,
  recurringDeleted,
  recurringStarted,
  recurringResumed,
  recurringStopped,
  recurringAutoBillChosen,
  prepaymentUpdated,
  prepaymentPaused,
  prepaymentResumed,
  prepaymentSkipped,
  prepaymentCompleted,
  recurringPaused,
  invoiceReminded,
  invoiceLateFee,
  invoiceNotCharged,
  prepaymentNotCharged,
  topUpChanged,
  topUpRemoved,
  topUpAsked,
  paymentMethodExpiring,
  statementSent,
  documentCreated,
  documentUpdated,
  documentDeleted,
  documentRefused,
  zipAsked,
  storageObjectCreated,
  agencyStripeConnected,
  agencyStripeChanged,
  agencyStripeDisconnected,
  checkoutOpened,
  paymentMethodSaved,
  paymentMethodUpdated,
  paymentMethodRemoved,
  mailFailed,
  mailDelayed,
  mailNotSent,
  mailReturned,
  paymentMethodChosen,
  paymentMethodRemovalAsked,
  portalOpened,
  portalLoggedIn,
  portalLoggedOut,
  portalSwitched,
  sessionLinkAsked,
  sessionRegistrationAsked,
  stripeEventReceived,
];

export const eventNames: readonly string[] = contracts.map(({ name }) => name);

export const agencyEventNames: readonly string[] = eventNames.filter((name) => !isInner(name));

import type { ErrorBody } from "../kit/failure.ts";

export interface Decline {
  code: string;
  declineCode: string;
  message: string;
  /** What the issuer advises: `do_not_try_again` is a hard decline. */
  advice: "confirm_card_data" | "do_not_try_again" | "try_again_later";
}

const declined = "Your card was declined.";

/** https://docs.stripe.com/declines/codes */
export const declines = {
  generic: {
    code: "card_declined",
    declineCode: "generic_decline",
    message: declined,
    advice: "try_again_later",
  },
  insufficientFunds: {
    code: "card_declined",
    declineCode: "insufficient_funds",
    message: "Your card has insufficient funds.",
    advice: "try_again_later",
  },
  lostCard: {
    code: "card_declined",
    declineCode: "lost_card",
    message: declined,
    advice: "do_not_try_again",
  },
  stolenCard: {
    code: "card_declined",
    declineCode: "stolen_card",
    message: declined,
    advice: "do_not_try_again",
  },
  fraudulent: {
    code: "card_declined",
    declineCode: "fraudulent",
    message: declined,
    advice: "do_not_try_again",
  },
  velocity: {
    code: "card_declined",
    declineCode: "card_velocity_exceeded",
    message: "Your card has exceeded its limit.",
    advice: "try_again_later",
  },
  expiredCard: {
    code: "expired_card",
    declineCode: "expired_card",
    message: "Your card has expired.",
    advice: "do_not_try_again",
  },
  incorrectCvc: {
    code: "incorrect_cvc",
    declineCode: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    advice: "confirm_card_data",
  },
  processingError: {
    code: "processing_error",
    declineCode: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
    advice: "try_again_later",
  },
  authenticationRequired: {
    code: "authentication_required",
    declineCode: "authentication_required",
    message:
      "Your card was declined. This transaction requires authentication, " +
      "and the customer isn't here to give it.",
    advice: "confirm_card_data",
  },
  noAccount: {
    code: "no_account",
    declineCode: "no_account",
    message: "The customer's bank account could not be located.",
    advice: "do_not_try_again",
  },
  accountClosed: {
    code: "account_closed",
    declineCode: "account_closed",
    message: "The customer's bank account has been closed.",
    advice: "do_not_try_again",
  },
  bankInsufficientFunds: {
    code: "insufficient_funds",
    declineCode: "insufficient_funds",
    message: "The customer's account has insufficient funds to cover this payment.",
    advice: "try_again_later",
  },
  debitNotAuthorized: {
    code: "debit_not_authorized",
    declineCode: "debit_not_authorized",
    message: "The customer has notified their bank that this payment was unauthorized.",
    advice: "do_not_try_again",
  },
} as const satisfies Record<string, Decline>;

export type DeclineName = keyof typeof declines;

/** The part of the error that both the answer and the intent's `last_payment_error` tell. */
export function declineBody(decline: Decline): ErrorBody {
  return {
    type: "card_error",
    code: decline.code,
    decline_code: decline.declineCode,
    advice_code: decline.advice,
    message: decline.message,
  };
}

/**
 * The method itself is no good: another try with it can't succeed, and some banks fine for trying.
 */
const hardDeclines: ReadonlySet<string> = new Set([
  "account_closed",
  "card_not_supported",
  "currency_not_supported",
  "customer_missing",
  "debit_not_authorized",
  "expired_card",
  "fraudulent",
  "incorrect_number",
  "invalid_account",
  "invalid_expiry_month",
  "invalid_expiry_year",
  "invalid_number",
  "lost_card",
  "merchant_blacklist",
  "new_account_information_available",
  "no_account",
  "payment_intent_incompatible_payment_method",
  "pickup_card",
  "resource_missing",
  "restricted_card",
  "revocation_of_all_authorizations",
  "revocation_of_authorization",
  "security_violation",
  "stolen_card",
  "stop_payment_order",
  "transaction_not_allowed",
]);

export type DeclineKind = "soft" | "hard" | "authentication";

/**
 * What a failed payment's `failure` (Stripe's code) means for trying again: a soft one may pass
 * later, a hard one never, and one that asks for authentication needs the payer.
 */
export function declineKind(failure: string): DeclineKind {
  if (/^(authentication_required|authentication_not_handled)$/.test(failure)) {
    return "authentication";
  }
  return hardDeclines.has(failure) ? "hard" : "soft";
}

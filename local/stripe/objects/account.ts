import type Stripe from "stripe";
import { noAddress } from "./address.ts";

export interface AccountStart {
  id: string;
  createdS: number;
  email: string | null;
  country: string;
  currency: string;
  name: string | null;
  url: string | null;
  metadata: Record<string, string>;
  /** Onboarding is behind it: it may charge. */
  isReady: boolean;
}

const openRequirements = [
  "business_profile.product_description",
  "business_profile.support_phone",
  "business_profile.url",
  "external_account",
  "tos_acceptance.date",
  "tos_acceptance.ip",
];

function requirementsOf(due: string[]): Stripe.Account.Requirements {
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: due,
    disabled_reason: due.length === 0 ? null : "requirements.past_due",
    errors: [],
    eventually_due: due,
    past_due: due,
    pending_verification: [],
  };
}

/** What changes when its owner has filled in everything. */
export function readiness(isReady: boolean, nowS: number) {
  const state = isReady ? "active" : "inactive";
  return {
    capabilities: {
      card_payments: state,
      transfers: state,
      us_bank_account_ach_payments: state,
    },
    charges_enabled: isReady,
    details_submitted: isReady,
    payouts_enabled: isReady,
    requirements: requirementsOf(isReady ? [] : openRequirements),
    tos_acceptance: isReady
      ? { date: nowS, ip: "127.0.0.1", user_agent: null }
      : { date: null, ip: null, user_agent: null },
  } satisfies Partial<Stripe.Account>;
}

export function newAccount(start: AccountStart): Stripe.Account {
  return {
    id: start.id,
    object: "account",
    business_profile: businessProfile(start),
    business_type: null,
    controller: { type: "application", is_controller: true },
    country: start.country,
    created: start.createdS,
    default_currency: start.currency,
    email: start.email,
    external_accounts: {
      object: "list",
      data: [],
      has_more: false,
      url: `/v1/accounts/${start.id}/external_accounts`,
    },
    future_requirements: { ...requirementsOf([]), disabled_reason: null },
    metadata: start.metadata,
    settings: settingsOf(start.name),
    type: "standard",
    ...readiness(start.isReady, start.createdS),
  };
}

function businessProfile(start: AccountStart): Stripe.Account.BusinessProfile {
  return {
    annual_revenue: { amount: null, currency: null, fiscal_year_end: null },
    estimated_worker_count: null,
    mcc: null,
    minority_owned_business_designation: null,
    name: start.name,
    product_description: null,
    specified_commercial_transactions_act_url: null,
    support_address: noAddress,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: start.url,
  };
}

function settingsOf(displayName: string | null): Stripe.Account.Settings {
  const settings = {
    bacs_debit_payments: { display_name: null, service_user_number: null },
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_issuing: { tos_acceptance: { date: null, ip: null } },
    card_payments: {
      decline_on: { avs_failure: true, cvc_failure: true },
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: displayName, timezone: "Etc/UTC" },
    invoices: { default_account_tax_ids: null, hosted_payment_method_save: null },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    payouts: {
      debit_negative_balances: true,
      schedule: { delay_days: 2, interval: "daily" },
      statement_descriptor: null,
    },
    sepa_debit_payments: {},
  };
  return settings as unknown as Stripe.Account.Settings;
}

/** The name that a payer sees. */
export function merchantName(account: Stripe.Account | undefined): string {
  const name = account?.settings?.dashboard.display_name ?? account?.business_profile?.name;
  return name ?? account?.email ?? "Test merchant";
}

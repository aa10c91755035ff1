import type { Mailing } from "./checks/mails.ts";
import type { Policy } from "./model/books.ts";
import type { Askings, Plans, Rules } from "./model/duties.ts";
import type { Who, World } from "./world.ts";

/** What the simulator itself has done and been told, beside the money: its own memory. */
export interface Facts {
  readonly customers: CustomerFact[];
  /** So many in all: no two have one address. */
  firms: number;
  readonly quotes: Map<string, QuoteFact>;
  /** The word of each document on automatic application. */
  readonly autoApply: Map<string, string | null>;
  /** Numbers that a caller chose. */
  readonly given: Set<string>;
  readonly intents: Map<string, Intent>;
  /** Stripe's pages that somebody may still pay on. */
  readonly pages: { readonly url: string; readonly intent: string }[];
  /** Events that must have been published by the end. */
  readonly events: { readonly type: string; readonly subject: string }[];
  settings: {
    autoApply: string;
    useCredits: string;
    autoConvert: boolean;
    timeZone: string;
    sendHour: number;
    dueDays: number;
    reminders: Rules["reminders"];
    lowBalance: number | null;
    topUp: { threshold: number; amount: number } | null;
    lateFee: { type: string; value: number; days: number } | null;
  };
  /** The connected account; empty without one. */
  account: string;
  /** The agency was told that it can charge. */
  isReady: boolean;
  /** Accounts whose owner took our access away, whether we know it or not. */
  readonly lost: Set<string>;
  /** What Stripe's disputes are about, for when their account can't be asked any more. */
  readonly disputes: Map<string, number>;
  /** Methods that nobody may charge any more. */
  readonly removed: Set<string>;
  /** The payment on whose arrival a pre-payment waits. */
  readonly firstPayments: Map<string, string>;
  /** The addresses of people who were erased. */
  readonly erased: string[];
  /** Sessions of those who may not come in any more. */
  readonly shutOut: Who[];
  /** What the clock tells once. */
  readonly told: Set<string>;
  /** What the clock owes about each invoice that is not paid. */
  readonly askings: Askings;
  /** The charges that are to come by themselves. */
  readonly plans: Plans;
  /** Who was to be mailed, by the consumer and the event. */
  readonly mailings: Map<string, Mailing>;
}

/** The agency's own address. */
export const staffEmail = "hello@north.test";

export interface CustomerFact {
  readonly id: string;
  readonly currency: string;
  name: string;
  readonly email: string;
  autoApply: string | null;
  /** Those who may come in. */
  readonly contacts: ContactFact[];
  /** Somebody asked to be erased. */
  hasErased: boolean;
  /** So many contacts in all: no two have one address. */
  named: number;
}

export interface ContactFact {
  readonly id: string;
  readonly customer: CustomerFact;
  readonly email: string;
  who: Who | undefined;
}

export interface QuoteFact {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  readonly isRetainer: boolean;
  readonly total: number;
  readonly tax: number;
  readonly tags: readonly string[];
  readonly scope: readonly string[];
  readonly autoApply: string | null;
  readonly validUntil: string;
  status: "Draft" | "Sent" | "Approved" | "Declined" | "Canceled" | "Converted";
}

/** What somebody means to pay through Stripe, under the id that the payment will have. */
export interface Intent {
  readonly id: string;
  readonly account: string;
  readonly customer: string;
  readonly currency: string;
  readonly amount: number;
  readonly for: readonly { readonly invoice: string; readonly amount: number }[];
}

export const newFacts = (): Facts => ({
  customers: [],
  firms: 0,
  quotes: new Map(),
  autoApply: new Map(),
  given: new Set(),
  intents: new Map(),
  pages: [],
  events: [],
  settings: {
    autoApply: "always",
    useCredits: "always",
    autoConvert: true,
    timeZone: "UTC",
    sendHour: 6,
    dueDays: 14,
    reminders: [],
    lowBalance: null,
    topUp: null,
    lateFee: null,
  },
  account: "",
  isReady: false,
  ...{ lost: new Set(), disputes: new Map(), removed: new Set() },
  firstPayments: new Map(),
  erased: [],
  shutOut: [],
  told: new Set(),
  askings: new Map(),
  mailings: new Map(),
  plans: { open: new Map(), ended: new Map() },
});

/** The nearest word wins: the document's, the customer's, the agency's. */
export function policyFor(world: World, document: string, customer: string): Policy {
  const { facts } = world;
  const owner = facts.customers.find(({ id }) => id === customer);
  const { autoApply, useCredits } = facts.settings;
  return {
    today: world.today(),
    autoApply: facts.autoApply.get(document) ?? owner?.autoApply ?? autoApply,
    useCredits,
  };
}

import type { FileLinks, FileStore } from "../../domain/documents/documents.gateway.ts";
import type { StripeGateway } from "../../domain/payments/stripe.gateway.ts";
import type { DueReference } from "../../domain/shared/due.store.ts";
import type { Id } from "../../domain/shared/ids.ts";
import type { Platform, Tenant } from "../../domain/shared/table.store.ts";
import type { Envelope } from "../../events/envelope.ts";
import type { Limiter } from "./limiter.ts";

export interface Config {
  readonly table: string;
  /** Where people and Stripe reach us, without a slash at the end: https://app.example.com */
  readonly publicUrl: string;
  readonly mailFrom: string;
  /** In production Stripe's test-mode events are ignored. */
  readonly isProduction: boolean;
  /** The content network proves itself with it. Absent: none stands before us. */
  readonly edgeMark?: string;
}

export interface Logger {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Whose a mail is, in words that the mail service gives back when it returns. */
export interface MailTags {
  readonly agency: string;
  readonly customer?: string;
}

/** One finished MIME message. */
export interface RawMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly raw: Uint8Array;
  readonly tags: MailTags;
}

/**
 * Everything of the outside world that a handler may use. Lambda builds it from its environment
 * (lambda.ts), the local system from its own parts; nothing else in functions/ reads either.
 */
export interface Deps {
  readonly config: Config;
  readonly now: () => string;
  readonly random: (bytes: number) => Uint8Array;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Logger;
  /** Absent: nobody is held back (tests, whose clock stands still). */
  readonly limiter?: Limiter;
  /** How long a request may race for a number before it says so; absent: as long as it takes. */
  readonly raceMaxMs?: number;
  readonly platform: Platform;
  /** The table with credentials that reach this agency's keys only. */
  readonly tenant: (agency: Id<"agency">) => Promise<Tenant>;
  readonly stripe: () => Promise<StripeGateway>;
  readonly webhookSecret: () => Promise<string>;
  readonly sendMail: (mail: RawMail) => Promise<void>;
  /** Links to files, for who fetches or uploads them. */
  readonly fileLinks: () => Promise<FileLinks>;
  /** The files themselves. */
  readonly files: () => Promise<FileStore>;
  /** Puts envelopes on the event bus; throws unless all were taken. */
  readonly putEvents: (envelopes: readonly Envelope[]) => Promise<void>;
  /** Hands due items to whoever performs them, each agency's in a line of its own. */
  readonly sendDue: (due: readonly DueReference[]) => Promise<void>;
}

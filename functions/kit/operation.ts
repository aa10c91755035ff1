import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type * as z from "zod";
import type { Agency, Role } from "../../domain/agencies/agency.ts";
import type { LedgerContext } from "../../domain/payments/ledger.ts";
import type { IdSeed } from "../../domain/shared/id-seed.ts";
import type { Id } from "../../domain/shared/ids.ts";
import type { Actor } from "../../domain/shared/journal.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import type { Deps } from "./deps.ts";
import type { Route } from "./route.ts";

export interface Principal {
  readonly agency: Id<"agency">;
  readonly role: Role;
  readonly actor: Actor;
  /** Whose answers an idempotency key belongs to. */
  readonly name: string;
  readonly customer?: Id<"customer">;
  readonly contact?: Id<"contact">;
  /** The one document that a mail's own link opened; null: all of the customer's. */
  readonly document?: string | null;
  /** Staff act for the contact. */
  readonly isStaff?: boolean;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What the tries of one request learn of a number series: which numbers after the counter are reserved. */
export interface NumberRace {
  taken: { readonly next: number; readonly skip: number } | undefined;
  reserved: { readonly next: number; readonly skip: number } | undefined;
}

/** One try at one request. `run` may see several: each reads afresh and decides anew. */
export interface Call<R extends Route = Route> {
  readonly deps: Deps;
  readonly event: APIGatewayProxyEventV2;
  readonly now: string;
  readonly principal: Principal;
  readonly tenant: Tenant;
  readonly params: Readonly<Record<string, string>>;
  /** Parsed when asked for: a path that names nothing is a 404 before the body is a 400. */
  body(): Parsed<R["body"]>;
  query(): Parsed<R["query"]>;
  agency(): Promise<Agency>;
  seed(): IdSeed;
  /** Throws 412 unless the caller's If-Match (if any) names this version. */
  requireVersion(record: { readonly version: number }): void;
  ledgerContext(agency: Agency): LedgerContext;
  readonly numbers: NumberRace;
}

/** What a decision needs of whoever asks for it: a request, or the clock. */
export type Desk = Pick<
  Call,
  "deps" | "tenant" | "now" | "agency" | "numbers" | "seed" | "ledgerContext"
> & { readonly principal: Pick<Principal, "actor"> };

export interface Outcome {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a replay under the same idempotency key shows, where the answer holds a secret. */
  readonly replayBody?: unknown;
  /** Bytes instead of JSON. */
  readonly bytes?: Uint8Array;
  readonly writes?: readonly GuardedWrite[];
}

export interface Operation<R extends Route = Route> {
  readonly route: R;
  readonly run: (call: Call<R>) => Promise<Outcome>;
}

/** Ties a handler to its line in the route table. */
export const operation = <R extends Route>(
  route: R,
  run: (call: Call<R>) => Promise<Outcome>,
): Operation => ({ route, run: run as unknown as Operation["run"] });

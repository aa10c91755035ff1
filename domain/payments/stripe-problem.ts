/**
 * Why Stripe did not do what it was asked.
 * `unavailable`: nobody knows whether it happened; the same call may be made again under its key.
 * `declined`: the bank said no. `refused`: the request can't succeed as it is.
 * `no-access`: the account is not ours any more, or may not charge yet.
 */
export type StripeProblemKind = "unavailable" | "declined" | "refused" | "no-access";

export class StripeProblem extends Error {
  override readonly name = "StripeProblem";
  readonly kind: StripeProblemKind;
  /** Stripe's own word for it: a decline code or an error code. */
  readonly code: string;

  constructor(kind: StripeProblemKind, code: string, message: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** As it was asked it can't succeed, now or later. */
export const isRefused = (error: unknown): boolean =>
  error instanceof StripeProblem && error.kind === "refused";

/** What we knew of was deleted at Stripe, and its event has not come yet. */
export const isMissing = (error: unknown): boolean =>
  isRefused(error) && (error as StripeProblem).code === "resource_missing";

import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";
import { comeAgain, type Refused } from "./refused.ts";

/** AWS is away or has no room just now, also after the client's own tries: it is nobody's mistake. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(({ Code = "" }) => passing.has(Code));
  }
  const known = error as SdkError;
  return isThrottlingError(known) || isTransientError(known) || isServerError(known);
}

/** Any error may be asked about: what it doesn't say of itself is not so. */
type SdkError = Parameters<typeof isTransientError>[0];

const passing: ReadonlySet<string> = new Set(["ProvisionedThroughputExceeded", "ThrottlingError"]);

/** A write may have been made and only its answer be lost, so that the caller looks first. */
export const outage = (): Refused =>
  comeAgain(
    "server.unavailable",
    "Our storage did not answer. Ask again: with the same Idempotency-Key nothing is done twice.",
  );

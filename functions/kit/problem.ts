import { type Refusal, type RefusalKind, refusals } from "../../domain/shared/refusals.ts";

const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  stale: 412,
  impossible: 422,
  limited: 429,
} as const satisfies Record<RefusalKind, number>;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: Refusal["errors"];
}

/** RFC 9457. `instance` is the request, so support can find it; nothing inner is ever told. */
export function problemOf(
  refusal: Refusal,
  request: {
    readonly id: string;
    readonly publicUrl: string;
    readonly status?: number | undefined;
  },
): Problem {
  const known = refusals[refusal.code];
  return {
    type: `${request.publicUrl}/docs/problems/${refusal.code}`,
    title: known.title,
    status: request.status ?? statuses[known.kind],
    detail: refusal.detail,
    instance: `urn:request:${request.id}`,
    code: refusal.code,
    ...(refusal.errors ? { errors: refusal.errors } : {}),
  };
}

export const statusOf = (refusal: Refusal): number => statuses[refusals[refusal.code].kind];

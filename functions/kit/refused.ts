import {
  type FieldProblem,
  type Refusal,
  type RefusalCode,
  refuse,
} from "../../domain/shared/refusals.ts";

/** Carries a refusal out of the onion. The core returns refusals; only the shell throws them, once. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly headers: Record<string, string>;
  /** Overrides the kind's status where HTTP has a better word: 405, 413, 415, 429. */
  readonly status: number | undefined;

  constructor(refusal: Refusal, http: { status?: number; headers?: Record<string, string> } = {}) {
    super(`${refusal.code}: ${refusal.detail}`);
    this.refusal = refusal;
    this.status = http.status;
    this.headers = http.headers ?? {};
  }
}

/** Unwraps a decision of the core. */
export function orRefuse<T extends { readonly ok: true }>(decided: T | Refusal): T {
  if (!decided.ok) throw new Refused(decided);
  return decided;
}

export function invalid(errors: readonly FieldProblem[]): Refused {
  const [first] = errors;
  const detail = first ? `${first.pointer}: ${first.detail}` : "The request is invalid.";
  return new Refused(refuse("request.invalid", detail, errors));
}

const retryAfterS = 1;

/** Nothing is wrong with the request: it is answered a moment later. */
export const comeAgain = (code: RefusalCode, detail: string): Refused =>
  new Refused(refuse(code, detail), {
    status: 503,
    headers: { "retry-after": String(retryAfterS) },
  });

/** What refuses here knows the fields by other names, or in another place, than its caller said them. */
export async function repointed<T>(
  rename: (pointer: string) => string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused) || !error.refusal.errors) throw error;
    const errors = error.refusal.errors.map(({ pointer, detail }) => ({
      pointer: rename(pointer),
      detail,
    }));
    const isPlain = error.refusal.code === "request.invalid";
    throw isPlain ? invalid(errors) : new Refused({ ...error.refusal, errors });
  }
}

export function unrouted(allow: readonly string[]): Refused {
  if (allow.length === 0) return new Refused(refuse("request.not-found", "There is no such path."));
  return new Refused(refuse("request.method-not-allowed", `Allowed here: ${allow.join(", ")}.`), {
    status: 405,
    headers: { allow: allow.join(", ") },
  });
}

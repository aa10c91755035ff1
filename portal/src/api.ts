/** Where a field of what was sent is wrong, as RFC 6901 says it: #/amount */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** A refusal of the server's, in its words. Status 0: there was no answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldProblem[];

  constructor(status: number, body: Partial<Problem> & { readonly detail?: string }) {
    super(body.detail ?? "");
    this.status = status;
    this.code = body.code ?? "";
    this.errors = body.errors ?? [];
  }
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** One call of the portal's API, on the same host; the session is a cookie that scripts can't see. */
export async function call<T>(method: Method, path: string, body?: object): Promise<T> {
  const answer = await fetch(`/portal${path}`, {
    method,
    headers: {
      "x-portal": "1",
      ...(body ? { "content-type": "application/json" } : {}),
      ...(method === "GET" ? {} : { "idempotency-key": crypto.randomUUID() }),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw new Problem(0, {});
  });
  const text = await answer.text();
  const read = text === "" ? undefined : parsed(text);
  if (!answer.ok) throw new Problem(answer.status, (read ?? {}) as Partial<Problem>);
  return read as T;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export const get = <T>(path: string): Promise<T> => call<T>("GET", path);

/** Which agency's portal this is: /p/<agency>/... */
export const agencySlug = (): string => location.pathname.split("/")[2] ?? "";

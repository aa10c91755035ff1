/** The body that Stripe puts under `error`. */
export interface ErrorBody {
  type: "card_error" | "idempotency_error" | "invalid_request_error" | "api_error";
  message: string;
  code?: string;
  param?: string;
  [more: string]: unknown;
}

/** A refusal in Stripe's shape. With `keepsChanges` what was done before it stays (a declined charge). */
export class StripeFailure extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly keepsChanges: boolean;
  /** Stripe remembers an answer for its idempotency key only once execution began. */
  readonly beforeExecution: boolean;

  constructor(
    status: number,
    body: ErrorBody,
    how: { keepsChanges?: boolean; beforeExecution?: boolean } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.keepsChanges = how.keepsChanges ?? false;
    this.beforeExecution = how.beforeExecution ?? false;
  }
}

export function invalid(message: string, more: { code?: string; param?: string } = {}) {
  return new StripeFailure(400, { type: "invalid_request_error", message, ...more });
}

/** Refused while the parameters are read: nothing ran, so a corrected request may use the key again. */
export function badParameter(code: string, param: string, message: string): StripeFailure {
  const body = { type: "invalid_request_error", message, code, param } as const;
  return new StripeFailure(400, body, { beforeExecution: true });
}

const spokenKinds: Record<string, string> = {
  payment_method: "PaymentMethod",
  setup_intent: "setupintent",
  checkout_session: "checkout.session",
};

/** An unknown id in the path is a 404, in a parameter a 400, as at Stripe. */
export function missing(kind: string, id: string, param?: string): StripeFailure {
  return new StripeFailure(param === undefined ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${spokenKinds[kind] ?? kind}: '${id}'`,
    param: param ?? (kind === "payment_intent" || kind === "setup_intent" ? "intent" : "id"),
  });
}

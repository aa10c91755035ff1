import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { refuse } from "../../domain/shared/refusals.ts";
import type { Deps } from "./deps.ts";
import { isOutage, outage } from "./outage.ts";
import { problemOf } from "./problem.ts";
import { Refused } from "./refused.ts";

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error>;

/** Two years: once a browser knows the host, it comes over TLS only. */
const transport = { "strict-transport-security": "max-age=63072000" };

/**
 * What every answer carries, refusals too: it is kept nowhere unless it says so itself, is what its type
 * says and nothing else, stands in nobody's frame, and tells no other site where its reader was.
 */
const answerHeaders = ({ publicUrl }: Deps["config"]) => ({
  "x-content-type-options": "nosniff",
  "content-security-policy": "frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  ...(publicUrl.startsWith("https:") ? transport : {}),
});

export const protectedAnswers = ({ config }: Pick<Deps, "config">): Middleware => {
  const always = answerHeaders(config);
  const mark = (
    event: APIGatewayProxyEventV2,
    response: APIGatewayProxyStructuredResultV2 | null | undefined,
  ) => {
    if (!response) return;
    response.headers = {
      "cache-control": "no-store",
      ...response.headers,
      ...always,
      "x-request-id": event.requestContext.requestId,
    };
  };
  return {
    after: ({ event, response }) => mark(event, response),
    onError: ({ event, response }) => mark(event, response),
  };
};

/** Refusals become problem+json; an outage is told as 503, a bug as 500, and both are logged whole. */
export const problems = (deps: Deps): Middleware => ({
  onError: (request) => {
    const { error, event } = request;
    if (!(error instanceof Refused)) logFailure(deps, event, error);
    const { refusal, status, headers } = refusedOf(error);
    const id = event.requestContext.requestId;
    const problem = problemOf(refusal, { id, publicUrl: deps.config.publicUrl, status });
    request.response = {
      statusCode: problem.status,
      headers: { ...headers, "content-type": "application/problem+json" },
      body: JSON.stringify(problem),
    };
  },
});

function refusedOf(error: Error | null | undefined): Refused {
  if (error instanceof Refused) return error;
  if (isOutage(error)) return outage();
  const unexpected = "Nothing was changed unless a later read shows it.";
  return new Refused(refuse("server.error", unexpected), { status: 500 });
}

function logFailure(
  deps: Deps,
  event: APIGatewayProxyEventV2,
  error: Error | null | undefined,
): void {
  deps.log.error("a request failed", {
    requestId: event.requestContext.requestId,
    method: event.requestContext.http.method,
    path: event.requestContext.http.path,
    error: error?.name,
    message: error?.message,
    stack: error?.stack,
  });
}

import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type Refusal, refuse } from "../../domain/shared/refusals.ts";
import type { Deps } from "./deps.ts";
import { problemOf } from "./problem.ts";
import { Refused } from "./refused.ts";

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error>;

export const requestIds = (): Middleware => {
  const mark = (
    event: APIGatewayProxyEventV2,
    response: APIGatewayProxyStructuredResultV2 | null | undefined,
  ) => {
    if (!response) return;
    response.headers = {
      ...response.headers,
      "x-request-id": event.requestContext.requestId,
      "cache-control": response.headers?.["cache-control"] ?? "no-store",
      "x-content-type-options": "nosniff",
    };
  };
  return {
    after: ({ event, response }) => mark(event, response),
    onError: ({ event, response }) => mark(event, response),
  };
};

/** Refusals become problem+json; anything else is a bug or an outage: logged whole, told as 500. */
export const problems = (deps: Deps): Middleware => ({
  onError: (request) => {
    const { error, event } = request;
    const refused = error instanceof Refused ? error : undefined;
    if (!refused) logFailure(deps, event, error);
    const refusal = refused?.refusal ?? unexpected;
    const status = refused ? refused.status : 500;
    const id = event.requestContext.requestId;
    const problem = problemOf(refusal, { id, publicUrl: deps.config.publicUrl, status });
    request.response = {
      statusCode: problem.status,
      headers: { ...refused?.headers, "content-type": "application/problem+json" },
      body: JSON.stringify(problem),
    };
  },
});

const unexpected: Refusal = refuse(
  "server.error",
  "Nothing was changed unless a later read shows it.",
);

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

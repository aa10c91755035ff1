import { timingSafeEqual } from "node:crypto";
import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Deps } from "./deps.ts";

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error>;

/**
 * Only the content network may say for whom it speaks. The API has an address of its own, where anybody could
 * write any list of hops: there it counts for nothing, and whoever connected is the caller.
 */
export const heardFromEdge = ({ config }: Pick<Deps, "config">): Middleware => ({
  before: ({ event }) => {
    if (!isSame(event.headers["x-drawdown-edge"], config.edgeMark)) {
      delete event.headers["x-forwarded-for"];
    }
  },
});

function isSame(given: string | undefined, mark: string | undefined): boolean {
  if (given === undefined || mark === undefined) return false;
  const [left, right] = [Buffer.from(given), Buffer.from(mark)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Origin } from "../../domain/shared/origin.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";

const userAgentMax = 200;
const addressMax = 45;

/**
 * The network address of the caller. The CDN notes whom it speaks for before API Gateway notes the CDN, so
 * it is the last but one; what the caller itself wrote stands further left and counts for nothing. Hops that
 * came past the CDN are gone by now (edge.ts).
 */
function callerOf({ headers, requestContext }: APIGatewayProxyEventV2): string {
  const { sourceIp } = requestContext.http;
  const hops = (headers["x-forwarded-for"] ?? "").split(",").map((hop) => hop.trim());
  const before = hops.at(-1) === sourceIp ? hops.at(-2) : undefined;
  return before && /^[\da-f.:]+$/i.test(before) ? before.slice(0, addressMax) : sourceIp;
}

const groupsOfNetwork = 4;

/** Whom limits count: whoever has one address of the sixth version has 2^64 of them, so all of them are one. */
export function addressOf(event: APIGatewayProxyEventV2): string {
  const address = callerOf(event).toLowerCase();
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1];
  if (mapped) return mapped;
  const [left = "", right] = address.split("::");
  const before = left.split(":").filter(Boolean);
  const after = (right ?? "").split(":").filter(Boolean);
  const between = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const groups = [...before, ...between, ...after].slice(0, groupsOfNetwork);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}

export function originOf(event: APIGatewayProxyEventV2): Origin {
  const text = event.requestContext.http.userAgent ?? "";
  const plain = text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, " ")
    .trim();
  return { ip: callerOf(event), userAgent: plain.slice(0, userAgentMax).toWellFormed() || null };
}

/** Every record that a request writes tells from where; what a consumer does later comes from nowhere. */
export function withOrigin(
  writes: readonly GuardedWrite[],
  event: APIGatewayProxyEventV2,
): GuardedWrite[] {
  const origin = originOf(event);
  return writes.map((guarded) => {
    const { Put } = guarded.write;
    if (!Put?.Item || !isRecord(Put.Item)) return guarded;
    return { ...guarded, write: { Put: { ...Put, Item: { ...Put.Item, origin } } } };
  });
}

export const isRecord = ({ pk, sk }: Readonly<Record<string, unknown>>): boolean =>
  String(pk).startsWith("A#") && /^[JE]#/.test(String(sk));

import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { addressOf, originOf } from "../../../../functions/kit/origin.ts";

const asked = (
  sourceIp: string,
  forwarded?: string,
  userAgent = "curl/8",
): APIGatewayProxyEventV2 =>
  ({
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    requestContext: { http: { sourceIp, userAgent } },
  }) as unknown as APIGatewayProxyEventV2;

describe("the address of a caller", () => {
  test.each([
    ["is who connected", asked("192.0.2.1"), "192.0.2.1"],
    [
      "is whom the CDN speaks for",
      asked("198.51.100.7", "203.0.113.9, 198.51.100.7"),
      "203.0.113.9",
    ],
    [
      "is not what the caller wrote itself",
      asked("198.51.100.7", "10.0.0.1, 203.0.113.9, 198.51.100.7"),
      "203.0.113.9",
    ],
    ["is not a list that ends elsewhere", asked("192.0.2.1", "203.0.113.9, 10.0.0.1"), "192.0.2.1"],
    ["may be of the sixth version", asked("192.0.2.1", "2001:db8::1, 192.0.2.1"), "2001:db8::1"],
    ["is no text", asked("192.0.2.1", "<script>, 192.0.2.1"), "192.0.2.1"],
  ])("%s", (_name, event, address) => {
    expect(addressOf(event)).toBe(address);
  });
});

test("a browser's name is kept short and printable", () => {
  const { userAgent } = originOf(asked("192.0.2.1", undefined, `a\u0000\ud800${"x".repeat(500)}`));
  expect(userAgent).toBe(`a \ufffd${"x".repeat(197)}`);
  expect(originOf(asked("192.0.2.1", undefined, "")).userAgent).toBeNull();
});

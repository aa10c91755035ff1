import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, test } from "vitest";
import type { Config } from "../../../../functions/kit/deps.ts";
import { heardFromEdge } from "../../../../functions/kit/edge.ts";
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
    expect(originOf(event).ip).toBe(address);
  });
});

describe("limits count", () => {
  test.each([
    ["an address of the fourth version as it is", "203.0.113.9", "203.0.113.9"],
    ["whoever shares the first half of one of the sixth", "2001:db8:0:7::1", "2001:db8:0:7"],
    ["however it is written", "2001:0DB8:0:0007:ffff:1:2:3", "2001:db8:0:7"],
    ["and wherever its zeros are left out", "2001::7:1:2:3:4", "2001:0:0:7"],
    ["one that only wears the form of the sixth by itself", "::ffff:203.0.113.9", "203.0.113.9"],
    ["one of nothing but zeros", "::1", "0:0:0:0"],
  ])("%s", (_name, address, counted) => {
    expect(addressOf(asked(address))).toBe(counted);
  });
});

describe("a list of hops", () => {
  const edgeMark = "0f3b1c52-9d7e-11f1-a5c4-0e1d2c3b4a59";
  const heard = (mark: string | undefined, config: Partial<Config>): string => {
    const event = asked("198.51.100.7", "203.0.113.9, 198.51.100.7");
    if (mark !== undefined) event.headers["x-drawdown-edge"] = mark;
    const { before } = heardFromEdge({ config: config as Config });
    before?.({ event } as Parameters<NonNullable<typeof before>>[0]);
    return originOf(event).ip;
  };

  test("is believed of the content network", () => {
    expect(heard(edgeMark, { edgeMark })).toBe("203.0.113.9");
  });

  test.each([
    ["of whoever comes past it", undefined, { edgeMark }],
    ["with a made-up mark", edgeMark.replace("0f", "0e"), { edgeMark }],
    ["with a part of the mark", edgeMark.slice(0, -1), { edgeMark }],
    ["where no network stands before us", edgeMark, {}],
    ["with an empty mark, where no network stands before us", "", {}],
  ])("counts for nothing %s", (_name, mark, config) => {
    expect(heard(mark, config)).toBe("198.51.100.7");
  });
});

test("a browser's name is kept short and printable", () => {
  const { userAgent } = originOf(asked("192.0.2.1", undefined, `a\u0000\ud800${"x".repeat(500)}`));
  expect(userAgent).toBe(`a \ufffd${"x".repeat(197)}`);
  expect(originOf(asked("192.0.2.1", undefined, "")).userAgent).toBeNull();
});

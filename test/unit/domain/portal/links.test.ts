import { describe, expect, test } from "vitest";
import {
  askForLink,
  emptyLinkLimit,
  forgetLimitAt,
  type LinkLimit,
  linksMax,
} from "../../../../domain/portal/link-limit.ts";
import { minimumIn } from "../../../../domain/portal/minimum.ts";
import { isSingleUse, isValid, newToken } from "../../../../domain/portal/token.ts";
import { addDuration } from "../../../../domain/shared/calendar.ts";
import { aCustomerId, anId, now } from "../../../support/builders.ts";

const later = (duration: string): string => addDuration(now, duration);

describe("links for one address", () => {
  const asked = (instants: readonly string[]): LinkLimit => {
    let limit = emptyLinkLimit;
    for (const at of instants) {
      const answer = askForLink(limit, at);
      if (!answer.ok) throw new Error(`refused at ${at}`);
      limit = answer.next;
    }
    return limit;
  };
  const minutes = Array.from({ length: linksMax }, (_, minute) => later(`PT${minute}M`));

  test("are counted over ten minutes; one too many waits until the oldest is over", () => {
    const full = asked(minutes);
    expect(full).toEqual({ askedAt: minutes, version: linksMax });
    expect(askForLink(full, later("PT4M30S"))).toEqual({ ok: false, retryAfterS: 330 });
    expect(askForLink(full, later("PT9M59.999S"))).toEqual({ ok: false, retryAfterS: 1 });
    expect(askForLink(full, later("PT10M"))).toMatchObject({
      next: { askedAt: [...minutes.slice(1), later("PT10M")] },
    });
  });

  test("are forgotten ten minutes after the last", () => {
    expect(forgetLimitAt(asked(minutes))).toBe(later("PT14M"));
    expect(forgetLimitAt(emptyLinkLimit) < now).toBe(true);
  });
});

describe("a mailed token", () => {
  const known = { agency: anId("agency"), customer: aCustomerId, contact: anId("contact") };
  const login = newToken({ kind: "login", ...known, mailbox: "m", staff: null }, now);
  const document = newToken({ kind: "document", ...known, document: "inv_1" }, now);
  const names = { firstName: "Ann", lastName: "Lee", company: null };
  const register = newToken(
    { kind: "register", agency: known.agency, email: "ann@acme.test", ...names },
    now,
  );

  test.each([
    ["a log-in", login, "PT14M59S", "PT15M", true],
    ["a registration", register, "PT14M59S", "PT15M", true],
    ["a document's link", document, "P89D", "P90D", false],
  ])("of %s opens until its end", (_what, token, before, end, isOnce) => {
    expect(isValid(token, later(before))).toBe(true);
    expect(isValid(token, later(end))).toBe(false);
    expect(isSingleUse(token)).toBe(isOnce);
  });
});

test.each([
  ["USD", "USD", 5_000, 5_000],
  ["USD", "JPY", 5_000, 50],
  ["USD", "KWD", 5_000, 50_000],
  ["JPY", "USD", 50, 5_000],
  ["USD", "JPY", 4_950, 50],
] as const)("a least amount of %s counts in %s as the same figure", (from, to, cents, units) => {
  expect(minimumIn({ amount: cents, currency: from }, to)).toBe(units);
});

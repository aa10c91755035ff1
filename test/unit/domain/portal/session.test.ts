import { describe, expect, test } from "vitest";
import {
  forgetAt,
  isAlive,
  mayOpen,
  newSession,
  replacedSession,
  type Session,
  touchSession,
} from "../../../../domain/portal/session.ts";
import { addDuration } from "../../../../domain/shared/calendar.ts";
import { aCustomerId, anId, now } from "../../../support/builders.ts";

const aSession = (over: Partial<Session> = {}): Session => ({
  ...newSession(
    {
      ...{ agency: anId("agency"), customer: aCustomerId, contact: anId("contact") },
      ...{ mailbox: null, document: null, staff: null, endsAt: null },
    },
    now,
  ),
  ...over,
});
const later = (duration: string): string => addDuration(now, duration);

describe("a session", () => {
  test.each([
    ["after two idle weeks", {}, "P13DT23H59M59S", "P14D"],
    ["at its own end, however much it is used", { endsAt: later("PT15M") }, "PT14M59S", "PT15M"],
  ])("ends %s", (_when, over, alive, dead) => {
    expect(isAlive(aSession(over), later(alive))).toBe(true);
    expect(isAlive(aSession(over), later(dead))).toBe(false);
  });

  test.each([
    ["PT59M59S", "keep"],
    ["PT1H", "note"],
    ["PT23H59M59S", "note"],
    ["P1D", "rotate"],
  ])("used after %s: %s", (after, kind) => {
    const touched = touchSession(aSession(), later(after));
    expect(touched.kind).toBe(kind);
    expect(touched.next.lastSeenAt).toBe(kind === "keep" ? now : later(after));
    expect(touched.next.rotatedAt).toBe(kind === "rotate" ? later(after) : now);
  });

  test("whose token was replaced lives for a minute and is renewed no more", () => {
    const old = replacedSession(aSession(), later("P1D"));
    expect(isAlive(old, later("P1DT59S"))).toBe(true);
    expect(isAlive(old, later("P1DT1M"))).toBe(false);
    expect(touchSession(old, later("P3D"))).toEqual({ kind: "keep", next: old });
    expect(forgetAt(old)).toBe(later("P1DT1M"));
  });

  test("that ends sooner by itself is not prolonged by being replaced", () => {
    const endsAt = later("P1DT10S");
    expect(replacedSession(aSession({ endsAt }), later("P1D")).endsAt).toBe(endsAt);
  });

  test("is forgotten two weeks after it was last used", () => {
    expect(forgetAt(aSession({ lastSeenAt: later("P1D") }))).toBe(later("P15D"));
  });

  test.each([
    ["everything", null, { id: "inv_1" }, true],
    ["its own document", "inv_1", { id: "inv_1" }, true],
    ["the invoice that its quote became", "quo_1", { id: "inv_1", quote: "quo_1" }, true],
    ["no other document", "inv_1", { id: "inv_2" }, false],
    ["no document of another quote", "quo_1", { id: "inv_1", quote: "quo_2" }, false],
    ["no document without a quote", "quo_1", { id: "inv_1", quote: null }, false],
  ])("opens %s", (_what, document, asked, opens) => {
    expect(mayOpen({ document }, asked)).toBe(opens);
  });
});

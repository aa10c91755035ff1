import { expect, test } from "vitest";
import { chargingSchema, nextTry } from "../../../../domain/payments/charging.ts";

const zone = "America/New_York";

/** 23:30 on 30 March in New York. */
const at = "2027-03-31T03:30:00.000Z";

test("soft declines are tried again 1, 3 and 5 days after the first failure, then left", () => {
  const days: string[] = [];
  let charging = chargingSchema.parse({});
  for (let n = 0; n < 5; n += 1) {
    const next = nextTry(charging, { failure: "generic_decline", at, zone });
    if (!next) break;
    days.push(next.on);
    charging = next.charging;
  }
  expect(days).toEqual(["2027-03-31", "2027-04-02", "2027-04-04"]);
  expect(charging).toMatchObject({ attempt: 3, firstFailedAt: at });
});

test("a try that came late is followed by one on another day", () => {
  const charging = { ...chargingSchema.parse({}), attempt: 1, firstFailedAt: at };
  const late = "2027-04-20T10:00:00.000Z";
  const next = nextTry(charging, { failure: "generic_decline", at: late, zone });
  expect(next?.on).toBe("2027-04-21");
});

test.each(["lost_card", "expired_card", "authentication_required", "account_closed"])(
  "%s can't pass later",
  (failure) => {
    expect(nextTry(chargingSchema.parse({}), { failure, at, zone })).toBeNull();
  },
);

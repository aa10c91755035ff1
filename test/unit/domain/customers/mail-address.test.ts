import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  confirmAddress,
  failureReasons,
  type MailAddress,
  noteFailure,
  type ReturnedMail,
} from "../../../../domain/customers/mail-address.ts";

const email = "ann@acme.test";
const minute = (n: number) => `2027-03-01T09:${String(n).padStart(2, "0")}:00.000Z`;

const aReturn = (over: Partial<ReturnedMail> = {}): ReturnedMail => ({
  email,
  failure: { reason: "bounce", at: minute(10), detail: null },
  sentAt: minute(9),
  ...over,
});

const after = (all: readonly ReturnedMail[], before?: MailAddress): MailAddress | undefined =>
  all.reduce((known, one) => noteFailure(known, one) ?? known, before);

describe("an address", () => {
  it("fails by the first mail that comes back, and nothing is new in the second", () => {
    const failed = noteFailure(undefined, aReturn());
    expect(failed).toEqual({
      ...{ email, confirmedAt: null, version: 1 },
      failure: { reason: "bounce", at: minute(10), detail: null },
    });
    expect(noteFailure(failed, aReturn())).toBeUndefined();
  });

  it("is used again when staff vouch for it; what was sent before says nothing any more", () => {
    const confirmed = confirmAddress(noteFailure(undefined, aReturn()), minute(20));
    expect(confirmed).toMatchObject({ failure: null, confirmedAt: minute(20), version: 2 });
    const late = { reason: "complaint" as const, at: minute(30), detail: null };
    expect(noteFailure(confirmed, aReturn({ failure: late, sentAt: minute(19) }))).toBeUndefined();
    expect(noteFailure(confirmed, aReturn({ failure: late, sentAt: minute(21) }))).toMatchObject({
      failure: late,
      confirmedAt: minute(20),
    });
  });

  it("needs no confirmation where nothing stands against it", () => {
    expect(confirmAddress(undefined, minute(20))).toBeUndefined();
    const confirmed = confirmAddress(noteFailure(undefined, aReturn()), minute(20));
    expect(confirmAddress(confirmed, minute(30))).toBeUndefined();
  });
});

const returns = fc.array(
  fc.record({ reason: fc.constantFrom(...failureReasons), at: fc.nat(20), sent: fc.nat(20) }),
  { minLength: 1, maxLength: 6 },
);

it("ends the same in whatever order and however often mails come back", async () => {
  await fc.assert(
    fc.property(
      returns.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray([...all, ...all], { minLength: all.length }),
        ),
      ),
      fc.option(fc.nat(20)),
      ([given, shuffled], confirmed) => {
        const made = (all: typeof given) =>
          all.map(({ reason, at, sent }) =>
            aReturn({ failure: { reason, at: minute(at), detail: null }, sentAt: minute(sent) }),
          );
        const whole = [...shuffled, ...given];
        const before: MailAddress | undefined =
          confirmed === null
            ? undefined
            : { email, failure: null, confirmedAt: minute(confirmed), version: 2 };
        expect(after(made(whole), before)?.failure).toEqual(after(made(given), before)?.failure);
      },
    ),
  );
});

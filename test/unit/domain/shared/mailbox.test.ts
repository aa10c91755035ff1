import fc from "fast-check";
import { expect, test } from "vitest";
import { mailboxOf } from "../../../../domain/shared/mailbox.ts";

test("an address is the same mailbox in whatever case, within one agency only", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      const mailbox = mailboxOf("agy_1", email);
      expect(mailboxOf("agy_1", email.toUpperCase())).toBe(mailbox);
      expect(mailboxOf("agy_2", email)).not.toBe(mailbox);
      expect(mailboxOf("agy_1", `x${email}`)).not.toBe(mailbox);
      expect(mailbox).toMatch(/^[0-9a-f]{40}$/);
    }),
  );
});

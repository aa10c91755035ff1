import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addContact,
  type Contact,
  type ContactTerms,
  changeContact,
  contactName,
  emptyRoster,
  type Roster,
  removeContact,
} from "../../../../domain/customers/contact.ts";
import { aCustomerId, anId, now } from "../../../support/builders.ts";

const terms = (over: Partial<ContactTerms> = {}): ContactTerms => ({
  ...{ firstName: "Ann", lastName: "Lee", email: "ann@acme.test", lang: null },
  ...{ primary: false, receivesMail: true, portal: true },
  ...over,
});
const made = () => ({ id: anId("contact"), customer: aCustomerId, now });
const failure = { at: now, reason: "bounce", detail: null } as const;

describe("a customer's contacts", () => {
  test("the first is the primary one, whatever was asked", () => {
    const { contact, roster } = addContact(
      { roster: emptyRoster, former: undefined },
      terms(),
      made(),
    );
    expect(contact.primary).toBe(true);
    expect(roster).toEqual({ count: 1, primary: contact.id, version: 1 });
  });

  test("a changed address has not failed yet; the same one has", () => {
    const { contact, roster } = addContact(
      { roster: emptyRoster, former: undefined },
      terms(),
      made(),
    );
    const before: Contact = { ...contact, mailFailure: failure };
    const change = (email: string) =>
      changeContact({ roster, former: undefined, before }, terms({ email, primary: true }), now);
    expect(change("new@acme.test").contact.mailFailure).toBeNull();
    expect(change("ann@acme.test").contact.mailFailure).toEqual(failure);
    expect(change("ann@acme.test").roster).toEqual(roster);
  });

  test.each([
    [{ firstName: "Ann", lastName: "Lee" }, "Ann Lee"],
    [{ firstName: "Ann", lastName: null }, "Ann"],
    [{ firstName: null, lastName: null }, ""],
  ])("%o is called %s", (names, name) => {
    expect(contactName(names)).toBe(name);
  });

  type Step = { readonly kind: "add" | "promote" | "remove"; readonly at: number };
  const steps = fc.array(
    fc.record({ kind: fc.constantFrom("add", "promote", "remove"), at: fc.nat(50) }),
    { maxLength: 25 },
  ) as fc.Arbitrary<Step[]>;

  test("whatever comes and goes, there is exactly one primary one, and it is the roster's", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const contacts = new Map<string, Contact>();
        let roster: Roster = emptyRoster;
        const put = (...changed: (Contact | undefined)[]) => {
          for (const one of changed) if (one) contacts.set(one.id, one);
        };
        for (const { kind, at } of all) {
          const known = [...contacts.values()];
          const chosen = known[at % Math.max(1, known.length)];
          const former = known.find(({ primary }) => primary);
          if (kind === "add") {
            const added = addContact({ roster, former }, terms({ primary: at % 2 === 0 }), made());
            put(added.contact, added.demoted);
            roster = added.roster;
          } else if (chosen && kind === "promote") {
            const next = { ...terms(), primary: true };
            const changed = changeContact({ roster, former, before: chosen }, next, now);
            put(changed.contact, changed.demoted);
            roster = changed.roster;
          } else if (chosen) {
            contacts.delete(chosen.id);
            const heir = [...contacts.values()][0];
            const left = removeContact({ roster, heir, contact: chosen }, now);
            put(left.promoted);
            roster = left.roster;
          }
          const primary = [...contacts.values()].filter((one) => one.primary);
          expect(primary.map(({ id }) => id)).toEqual(roster.primary ? [roster.primary] : []);
          expect(roster.count).toBe(contacts.size);
          expect(primary.length).toBe(Math.min(1, contacts.size));
        }
      }),
    );
  });
});

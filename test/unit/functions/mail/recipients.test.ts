import { describe, expect, it } from "vitest";
import type { Contact } from "../../../../domain/customers/contact.ts";
import { customerSchema } from "../../../../domain/customers/customer.ts";
import { recipientsOf } from "../../../../functions/mail/recipients.ts";
import { aCustomerId, anId, now } from "../../../support/builders.ts";

const stamps = { createdAt: now, updatedAt: now, version: 1 };

const aContact = (email: string, over: Partial<Contact> = {}): Contact => ({
  id: anId("contact"),
  customer: aCustomerId,
  ...{ firstName: null, lastName: null, lang: null, mailFailure: null, formerly: [] },
  ...{ email, primary: false, receivesMail: true, portal: true },
  ...stamps,
  ...over,
});

const mailFailure = { reason: "bounce" as const, at: now, detail: null };

const aCustomer = (over: object = {}) =>
  customerSchema.parse({
    ...{ id: aCustomerId, billTo: { company: "Acme", email: "office@acme.test" } },
    ...stamps,
    ...over,
  });

const to = (contacts: readonly Contact[], over: object = {}) =>
  recipientsOf({ customer: aCustomer(over), contacts }, null).to.map(({ email }) => email);

describe("who gets a mail", () => {
  it.each<[string, readonly Contact[], readonly string[]]>([
    [
      "the primary contact first",
      [aContact("bob@acme.test"), aContact("ann@acme.test", { primary: true })],
      ["ann@acme.test", "bob@acme.test"],
    ],
    [
      "nobody who wants none",
      [aContact("ann@acme.test"), aContact("bob@acme.test", { receivesMail: false })],
      ["ann@acme.test"],
    ],
    [
      "nobody whose mail came back",
      [aContact("ann@acme.test", { mailFailure }), aContact("bob@acme.test")],
      ["bob@acme.test"],
    ],
    ["the firm where there is no contact", [], ["office@acme.test"]],
    [
      "the firm where no contact is reached",
      [aContact("ann@acme.test", { mailFailure })],
      ["office@acme.test"],
    ],
    ["not the firm at an address that failed", [aContact("Office@acme.test", { mailFailure })], []],
  ])("is %s", (_name, contacts, expected) => {
    expect(to(contacts)).toEqual(expected);
  });

  it("tells who is left out because mails came back", () => {
    const contacts = [
      aContact("ann@acme.test", { mailFailure }),
      aContact("bob@acme.test"),
      aContact("eve@acme.test", { mailFailure, receivesMail: false }),
    ];
    const { failed } = recipientsOf({ customer: aCustomer(), contacts }, null);
    expect(failed).toEqual(["ann@acme.test"]);
  });

  it("is nobody where there is no address at all", () => {
    expect(to([], { billTo: { company: "Acme" } })).toEqual([]);
  });
});

describe("an address of the caller's", () => {
  const ann = aContact("ann@acme.test", { lang: "de" });
  const customer = aCustomer({ cc: ["cc@acme.test"], bcc: ["bcc@acme.test"] });

  it("replaces everybody", () => {
    const found = recipientsOf({ customer, contacts: [ann] }, "boss@acme.test");
    expect(found).toEqual({ to: [{ email: "boss@acme.test", contact: null }], cc: [], bcc: [] });
  });

  it("is the contact's who has it, in whatever case", () => {
    const found = recipientsOf({ customer, contacts: [ann] }, "Ann@Acme.test");
    expect(found.to).toEqual([{ email: "Ann@Acme.test", contact: ann }]);
  });
});

it("sends copies to nobody twice, and none of a mail that has no reader", () => {
  const contacts = [aContact("ann@acme.test")];
  const copies = {
    cc: ["ANN@acme.test", "cc@acme.test", "cc@acme.test"],
    bcc: ["cc@acme.test", "bcc@acme.test"],
  };
  const found = recipientsOf({ customer: aCustomer(copies), contacts }, null);
  expect(found).toMatchObject({ cc: ["cc@acme.test"], bcc: ["bcc@acme.test"] });
  const silent = aCustomer({ ...copies, billTo: { company: "Acme" } });
  expect(recipientsOf({ customer: silent, contacts: [] }, null)).toEqual({
    to: [],
    cc: [],
    bcc: [],
  });
});

import { describe, expect, test } from "vitest";
import { contactSchema } from "../../../../domain/customers/contact.ts";
import { type Erasure, erased, erasureOf } from "../../../../domain/customers/erasure.ts";

const ann = { contact: "con_1", texts: ["ann@acme.test", "Ann Lee", "Ann", "Lee"] };
const whole: Erasure = { ...ann, isWhole: true };
const partial: Erasure = { ...ann, isWhole: false };

describe("while others are there, only the person goes", () => {
  test.each([
    ["whole words out of texts", { notes: "Ann's annual fee" }, { notes: "[erased]'s annual fee" }],
    ["a copy's address", { cc: ["Ann@Acme.test", "bo@acme.test"] }, { cc: ["bo@acme.test"] }],
    [
      "the person's part of an address",
      {
        billTo: { company: "Acme", firstName: "Ann", email: "ann@acme.test", address: "Street 1" },
      },
      { billTo: { company: "Acme", address: "Street 1" } },
    ],
    [
      "a name that was the customer's",
      { billTo: { firstName: "Ann", lastName: "Lee" } },
      { billTo: { company: "[erased]" } },
    ],
    ["a part of a file's name", { file: { name: "Lee.pdf" } }, { file: { name: "[erased].pdf" } }],
  ])("%s", (_name, before, after) => {
    expect(erased(before, partial)).toEqual(after);
  });
});

describe("when nobody else is there, notes go whole", () => {
  test.each([
    ["texts about people", { notes: "x", cancelReason: "y", terms: "z", total: 5 }, { total: 5 }],
    [
      "an address",
      { billTo: { company: "Acme", address: "Street 1" } },
      { billTo: { company: "Acme" } },
    ],
    [
      "a mail's subject",
      { subject: "inv_1", data: { subject: "Hi" } },
      { subject: "inv_1", data: {} },
    ],
    [
      "a planned mail's own words",
      { what: "send", data: { email: "ann@acme.test", subject: "Hi", body: "Dear Ann" } },
      { what: "send", data: {} },
    ],
    [
      "the name in a charge's last error, which stays one",
      { lastError: { at: "2027", code: "generic_decline", detail: "Ann Lee has no card." } },
      { lastError: { at: "2027", code: "generic_decline", detail: "[erased] has no card." } },
    ],
    [
      "but not what was done",
      { items: [{ name: "Work", price: 5 }] },
      { items: [{ name: "Work", price: 5 }] },
    ],
  ])("%s", (_name, before, after) => {
    expect(erased(before, whole)).toEqual(after);
  });

  test("what the journal's hash covers stays", () => {
    const record = {
      memo: "Lee",
      postings: [{ subject: "inv_1", amount: 5 }],
      hash: "Ann",
      version: 3,
    };
    expect(erased(record, whole)).toEqual(record);
  });
});

test("where the contact acted from is forgotten, where staff did is not", () => {
  const origin = { ip: "192.0.2.1", userAgent: null };
  const own = { actor: { contact: "con_1" }, origin };
  expect(erased(own, partial)).toEqual({ actor: own.actor });
  const staff = { actor: { apiKey: "key_1" }, origin };
  expect(erased(staff, whole)).toEqual(staff);
});

test("an address that was given up, and is a colleague's by now, stays", () => {
  const person = (over: object) =>
    contactSchema.parse({
      ...{ id: "con_00000000000000000000000001", customer: "cus_00000000000000000000000001" },
      ...{ firstName: "Ann", lastName: "Lee", primary: true, receivesMail: true, portal: true },
      ...{ createdAt: "2027-03-01T09:00:00.000Z", updatedAt: "2027-03-01T09:00:00.000Z" },
      ...{ version: 1, ...over },
    });
  const formerly = ["Day", "ann@old.test", "office@acme.test"];
  const left = person({ email: "ann@acme.test", formerly });
  const colleague = person({ email: "Office@acme.test" });
  expect(erasureOf(left, [colleague]).texts).toEqual([
    ...["ann@acme.test", "ann@old.test", "Ann Lee", "Ann", "Lee", "Day"],
  ]);
});

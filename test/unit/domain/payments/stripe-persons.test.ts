import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutPersons } from "../../../../domain/payments/stripe-persons.ts";

const event = {
  id: "evt_1",
  data: {
    object: {
      id: "pi_1",
      amount: 500,
      receipt_email: "ann@acme.test",
      shipping: { name: "Ann Lee", address: { line1: "Street 1" } },
      charges: [{ id: "ch_1", billing_details: { name: "Ann Lee" }, outcome: null }],
      metadata: { intent: "pay_1" },
    },
  },
};

test("whoever paid is taken out at every depth; ids, sums and our own words stay", () => {
  expect(withoutPersons(event)).toEqual({
    id: "evt_1",
    data: {
      object: {
        ...{ id: "pi_1", amount: 500, metadata: { intent: "pay_1" } },
        charges: [{ id: "ch_1", outcome: null }],
      },
    },
  });
});

test("no field about a person is left, wherever it stood", () => {
  const personal = fc.constantFrom("name", "email", "phone", "address", "customer_details");
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.integer(),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.oneof(personal, fc.constantFrom("id", "sum")), tie("tree")),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const kept = JSON.stringify(withoutPersons(value));
      expect(kept).not.toMatch(/"(name|email|phone|address|customer_details)":/);
      expect(withoutPersons(JSON.parse(kept))).toEqual(JSON.parse(kept));
    }),
  );
});

import { expect, it } from "vitest";
import { aShell } from "../../support/shell.ts";

it("answers a call with the agency's key and publishes what it wrote", async () => {
  const shell = await aShell();
  const made = await shell.call("POST", "/v1/invoices", {
    customer: { billTo: { company: "Acme" } },
    items: [{ name: "Work", quantity: 1, price: 10 }],
  });
  expect(made.status).toBe(201);
  const types = (await shell.deliver()).map(({ type }) => type);
  expect(types).toEqual(["agency.created", "customer.created", "invoice.created"]);
});

import { expect, test } from "vitest";
import { aShell } from "../../support/shell.ts";

const retainer = {
  isRetainer: true,
  status: "Unpaid",
  customer: { billTo: { company: "Acme" } },
  items: [{ name: "Monthly retainer", quantity: 1, price: 500 }],
};

test("a retainer whose only payment was voided is counted as unpaid again", async () => {
  const { call, deliver } = await aShell();
  const { id } = (await call("POST", "/v1/invoices", retainer)).body;
  const paid = await call("POST", `/v1/invoices/${id}/payments`, { method: "Cash" });
  await deliver();
  const total = async (status: string) =>
    (await call("GET", `/v1/invoices?status=${status}`)).body.total;
  expect([await total("Paid"), await total("Unpaid")]).toEqual([1, 0]);
  await call("POST", `/v1/payments/${paid.body.id}/void`, { reason: "Typed twice" });
  await deliver();
  expect([await total("Paid"), await total("Unpaid")]).toEqual([0, 1]);
});

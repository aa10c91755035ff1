import { expect, test } from "vitest";
import { aPortalOf } from "../portal/world.ts";
import { aStripeWorld } from "./world.ts";

test("a method that was removed before its events are handled is nobody's default", async () => {
  const world = await aStripeWorld();
  const { person, visitor } = await aPortalOf(world.shell);
  const opened = await visitor.call("POST", "/portal/payment-methods", {});
  expect(await world.pay(opened.body.url)).toBe(303);
  await world.standIn.settle();
  const path = `/v1/customers/${person.customer}/payment-methods`;
  const [method] = (await world.get(path)).docs;
  const headers = { authorization: "Bearer sk_test_1", "stripe-account": world.account };
  const url = `http://stripe.test/v1/payment_methods/${method.id}/detach`;
  const detached = await world.standIn.fetch(new Request(url, { method: "POST", headers }));
  expect(detached.status).toBe(200);
  await world.settle();
  expect((await world.get(path)).docs).toEqual([]);
  expect(world.shell.errors).toEqual([]);
});

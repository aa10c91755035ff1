import { simpleParser } from "mailparser";
import { expect } from "vitest";
import { passUntil } from "../../support/ticking.ts";
import { aStripeWorld, type Json, type StripeWorld } from "../stripe/world.ts";

export type { Json };

/** Is saved, and declines whenever it is charged. */
export const failing = "pm_card_chargeCustomerFail";

export interface TimeWorld extends StripeWorld {
  /** Through every due instant up to this one, with webhooks and events in between. */
  pass(until: string): Promise<void>;
  /** A customer who saved a good card with a payment of 10.00, and then another of Stripe's test methods. */
  withMethod(token?: string): Promise<string>;
  recurring(customer: string, over?: object): Promise<Json>;
  prepayment(customer: string, over?: object): Promise<Json>;
  /** `to: subject`, the oldest first. */
  subjects(): Promise<string[]>;
  typesOf(): string[];
}

export async function aTimeWorld(
  options: Parameters<typeof aStripeWorld>[0] = {},
): Promise<TimeWorld> {
  const world = await aStripeWorld(options);
  const { shell, call } = world;
  const deliver = async () => {
    await world.settle();
    return [];
  };
  const made = async (path: string, body: object): Promise<Json> => {
    const answer = await call("POST", path, body);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  };
  return {
    ...world,
    pass: (until) => passUntil({ ...shell, deliver }, until),
    withMethod: async (token) => {
      const customer = await world.customer();
      const first = await world.document({ customer, amount: 10 });
      const page = await world.checkout(first.id, { save: true });
      expect(await world.pay(page)).toBe(303);
      await world.settle();
      if (token) await world.attach(customer, token);
      return customer;
    },
    recurring: (customer, over = {}) =>
      made("/v1/recurring-invoices", {
        template: { customer, items: [{ name: "Care plan", quantity: 1, price: 100 }] },
        ...{ frequency: "monthly", startOn: "2027-04-01", status: "Active", ...over },
      }),
    prepayment: (customer, over = {}) =>
      made("/v1/prepayments", {
        customer,
        ...{ amount: 250, frequency: "weekly", startOn: "2027-03-08", ...over },
      }),
    subjects: async () => {
      const parsed = await Promise.all(shell.mails.map(({ raw }) => simpleParser(raw)));
      return parsed.map(({ subject }, index) => `${shell.mails[index]?.to}: ${subject}`);
    },
    typesOf: () => shell.published.map(({ type }) => type),
  };
}

import { majorOf } from "../model/currencies.ts";
import { livingRefusal } from "../model/customers.ts";
import { setRule, type TopUpRule, watchedIn } from "../model/top-ups.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { someAmount } from "./terms.ts";

export const staffTopUps: readonly Operation[] = [
  { name: "set-top-up", weight: 4, isTimed: true, run: setIt },
  { name: "remove-top-up", weight: 1, isTimed: true, run: removeIt },
];

async function setIt(world: World): Promise<void> {
  const { dice, facts } = world;
  const customer = dice.maybe(facts.customers);
  if (!customer) return;
  const { id, currency } = customer;
  const threshold = dice.chance(0.4) ? 0 : someAmount(dice, 100_000);
  const isFixed = dice.chance(0.6);
  const rule: TopUpRule = {
    threshold,
    amount: isFixed ? someAmount(dice) + 100 : null,
    target: isFixed ? null : threshold + someAmount(dice) + 100,
    action: dice.chance(0.5) ? "charge" : "request",
    monthlyCap: someAmount(dice, 2_000_000),
  };
  const orNull = (amount: number | null) => (amount === null ? null : majorOf(amount, currency));
  const answer = await world.ask(world.staff, "PUT", `/v1/customers/${id}/top-up`, {
    ...{ threshold: majorOf(threshold, currency), action: rule.action },
    ...{ amount: orNull(rule.amount), target: orNull(rule.target) },
    monthlyCap: orNull(rule.monthlyCap),
  });
  world.decide(answer, (books) => {
    const archived = livingRefusal(books, id);
    if (archived !== undefined) return archived;
    setRule(watchedIn(books.topUps, id, currency), rule);
    return undefined;
  });
}

async function removeIt(world: World): Promise<void> {
  const { dice, facts } = world;
  const customer = dice.maybe(facts.customers);
  if (!customer) return;
  const { id, currency } = customer;
  const answer = await world.ask(world.staff, "DELETE", `/v1/customers/${id}/top-up`, {});
  world.decide(answer, ({ topUps }) => {
    const watched = watchedIn(topUps, id, currency);
    if (!watched.rule) return "there is no rule";
    setRule(watched, null);
    return undefined;
  });
}

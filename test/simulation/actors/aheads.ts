import { Broken } from "../broken.ts";
import { headsOf } from "../checks/heads.ts";
import {
  type Ahead,
  beginAhead,
  cancelAhead,
  changeAhead,
  pauseAhead,
  resumeAhead,
} from "../model/aheads.ts";
import { majorOf } from "../model/currencies.ts";
import { livingRefusal } from "../model/customers.ts";
import { plusDays } from "../model/days.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { dayOfAnswer } from "./staff-recurring.ts";
import { isCutOff } from "./stripe-connection.ts";
import { someAmount, someFrequency } from "./terms.ts";

export const staffAheads: readonly Operation[] = [
  { name: "create-prepayment", weight: 4, isTimed: true, run: createAhead },
  { name: "change-prepayment", weight: 1, isTimed: true, run: changeIt },
  { name: "pause-prepayment", weight: 2, isTimed: true, run: pauseIt },
  { name: "resume-prepayment", weight: 2, isTimed: true, run: resumeIt },
  { name: "cancel-prepayment", weight: 1, isTimed: true, run: cancelIt },
];

const path = "/v1/prepayments";

export const newAhead = (
  given: Pick<Ahead, "id" | "customer" | "currency" | "amount" | "cycles" | "frequency">,
): Ahead => ({ ...given, startOn: "", state: "Pending", position: 0, skipped: 0, used: 0 });

/** Agreed with a customer who has a saved method. */
async function createAhead(world: World): Promise<void> {
  const { dice, facts } = world;
  const customer = dice.maybe(facts.customers);
  if (!customer) return;
  const { currency, id: owner } = customer;
  const amount = someAmount(dice) + 100;
  const frequency = someFrequency(dice);
  const cycles = dice.chance(0.4) ? dice.between(1, 4) : null;
  const startOn = plusDays(world.today(), dice.between(dice.chance(0.1) ? -800 : -20, 2));
  const catchUp = dice.chance(0.8) ? dice.chance(0.5) : undefined;
  const answer = await world.ask(world.staff, "POST", path, {
    ...{ customer: owner, amount: majorOf(amount, currency), currency, frequency },
    ...{ startOn, cycles, catchUp },
  });
  if (isCutOff(world, answer)) return;
  if (["payment-method.not-found", "payment.amount-not-chargeable"].includes(answer.body?.code)) {
    return;
  }
  world.decide(answer, (books) => {
    const archived = livingRefusal(books, owner);
    if (archived !== undefined) return archived;
    const { aheads } = books;
    const { id = "" } = answer.body ?? {};
    const ahead = newAhead({ id, customer: owner, currency, amount, cycles, frequency });
    ahead.startOn = startOn;
    aheads.set(id, ahead);
    return beginAhead(ahead, catchUp, dayOfAnswer(world, answer));
  });
}

const someAhead = ({ books, dice }: World, states: readonly string[]): Ahead | undefined => {
  const isAny = dice.chance(0.1);
  return dice.maybe(
    [...books.aheads.values()].filter(({ state }) => isAny || states.includes(state)),
  );
};

async function command(
  world: World,
  asked: { readonly ahead: Ahead; readonly verb: string; readonly body: object },
  move: (ahead: Ahead, today: string) => string | undefined,
): Promise<void> {
  const { ahead, verb, body } = asked;
  const [method, end] = verb === "" ? ["PATCH", ""] : ["POST", `/${verb}`];
  const answer = await world.ask(world.staff, method, `${path}/${ahead.id}${end}`, body);
  if (answer.body?.code === "payment.amount-not-chargeable") return;
  world.decide(answer, (books) => {
    const known = books.aheads.get(ahead.id);
    const archived = verb === "resume" ? livingRefusal(books, ahead.customer) : undefined;
    if (!known || archived !== undefined) return archived ?? "there is none";
    return move(known, dayOfAnswer(world, answer));
  });
}

async function changeIt(world: World): Promise<void> {
  const { dice } = world;
  const ahead = someAhead(world, ["Active", "Paused"]);
  if (!ahead) return;
  const amount = someAmount(dice) + 100;
  const cycles = dice.chance(0.5) ? dice.between(1, 6) : undefined;
  const body = { amount: majorOf(amount, ahead.currency), cycles };
  await command(world, { ahead, verb: "", body }, (known) =>
    changeAhead(known, { amount, cycles }),
  );
}

async function pauseIt(world: World): Promise<void> {
  const ahead = someAhead(world, ["Active"]);
  if (ahead) await command(world, { ahead, verb: "pause", body: {} }, pauseAhead);
}

async function resumeIt(world: World): Promise<void> {
  const ahead = someAhead(world, ["Paused"]);
  if (!ahead) return;
  const catchUp = world.dice.chance(0.5);
  await command(world, { ahead, verb: "resume", body: { catchUp } }, (known, today) =>
    resumeAhead(known, catchUp, today),
  );
}

async function cancelIt(world: World): Promise<void> {
  const ahead = someAhead(world, ["Active", "Paused", "Pending"]);
  if (ahead) await command(world, { ahead, verb: "cancel", body: {} }, cancelAhead);
}

/** One that begins with what somebody pays on the page. */
export function keepAhead(
  world: World,
  payment: string,
  given: Omit<Parameters<typeof newAhead>[0], "id">,
): void {
  const intent = headsOf(world.storage.mirror, "INTENT").find(({ id }) => id === payment);
  const id = intent?.prepayment;
  if (!id) throw new Broken(`${payment} begins no pre-payment`);
  world.books.aheads.set(id, newAhead({ id, ...given }));
  world.facts.firstPayments.set(id, payment);
}

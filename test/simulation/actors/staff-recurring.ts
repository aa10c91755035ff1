import type { Answer, Json } from "../api.ts";
import { livingRefusal } from "../model/customers.ts";
import { localDay, plusDays } from "../model/days.ts";
import {
  change,
  pause,
  remove,
  resume,
  type Schedule,
  type ScheduleChange,
  start,
  stop,
} from "../model/schedules.ts";
import { totalsOf } from "../model/totals.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { someCustomer } from "./choose.ts";
import { currencyNear, someFrequency, someTags, someTerms } from "./terms.ts";

export const staffRecurring: readonly Operation[] = [
  { name: "create-recurring", weight: 5, isTimed: true, run: createRecurring },
  { name: "start-recurring", weight: 2, isTimed: true, run: startIt },
  { name: "pause-recurring", weight: 3, isTimed: true, run: pauseIt },
  { name: "resume-recurring", weight: 4, isTimed: true, run: resumeIt },
  { name: "stop-recurring", weight: 1, isTimed: true, run: stopIt },
  { name: "change-recurring", weight: 4, isTimed: true, run: changeIt },
  { name: "delete-recurring", weight: 2, isTimed: true, run: deleteIt },
];

const path = "/v1/recurring-invoices";
const autoBills = ["off", "always", "optIn", "optOut"] as const;
/** How long ago a rhythm may have begun: so many days are made at once when it is caught up. */
const pastDays: Readonly<Record<string, number>> = {
  ...{ daily: 6, weekly: 30, twoWeeks: 45 },
  ...{ sixMonths: 400, yearly: 800, twoYears: 1_600, threeYears: 2_400 },
};

async function createRecurring(world: World): Promise<void> {
  const { dice, facts } = world;
  const customer = await someCustomer(world);
  const isRetainer = dice.chance(0.4);
  const currency = currencyNear(dice, customer.currency);
  const { terms, body } = someTerms(dice, currency, isRetainer);
  const frequency = someFrequency(dice);
  const past = dice.chance(0.5) ? dice.below(pastDays[frequency] ?? 90) : -dice.below(4);
  const known = {
    ...{ startOn: plusDays(world.today(), -past), frequency },
    cycles: dice.chance(0.4) ? dice.between(1, 5) : null,
    autoBill: dice.pick(autoBills),
  };
  const later = { autoBillOn: dice.pick(["issue", "due"]), dueDays: dice.pick([null, 0, 3]) };
  const tags = someTags(dice);
  const scope = isRetainer && dice.chance(0.3) ? [dice.pick(["site", "care"])] : [];
  const autoApply = dice.chance(0.2) ? dice.pick(["always", "off"]) : null;
  const isActive = dice.chance(0.7);
  const catchUp = dice.chance(0.8) ? dice.chance(0.6) : undefined;
  const answer = await world.ask(world.staff, "POST", path, {
    template: { ...body, customer: customer.id, isRetainer, tags, scope, autoApply },
    ...{ ...known, ...later, autoSend: dice.chance(0.7) },
    ...(isActive ? { status: "Active", catchUp } : {}),
  });
  const totals = totalsOf(terms);
  world.decide(answer, (books) => {
    if (!totals) return "a deduction is larger than its line";
    const archived = livingRefusal(books, customer.id);
    if (archived !== undefined) return archived;
    const { schedules } = books;
    const { id = "" } = answer.body ?? {};
    const schedule: Schedule = {
      ...{ id, customer: customer.id, currency, isRetainer, tags, scope, ...known, ...totals },
      ...later,
      ...{ state: "Draft", position: 0, chosen: null, made: [] },
    };
    schedules.set(id, schedule);
    facts.autoApply.set(id, autoApply);
    return isActive ? start(schedule, catchUp, dayOfAnswer(world, answer)) : undefined;
  });
}

/** The agency's day when it was decided. */
export const dayOfAnswer = (world: World, { body }: Answer): string =>
  body?.updatedAt ? localDay(body.updatedAt, world.timeZone) : world.today();

const someSchedule = ({ books, dice }: World, states: readonly string[]): Schedule | undefined => {
  const isAny = dice.chance(0.1);
  return dice.maybe(
    [...books.schedules.values()].filter((one) => isAny || states.includes(one.state)),
  );
};

async function command(
  world: World,
  asked: { readonly schedule: Schedule; readonly verb: string; readonly body: Json },
  move: (schedule: Schedule, today: string) => string | undefined,
): Promise<void> {
  const { schedule, verb, body } = asked;
  const answer = await world.ask(world.staff, "POST", `${path}/${schedule.id}/${verb}`, body);
  world.decide(answer, (books) => {
    const known = books.schedules.get(schedule.id);
    const bills = verb === "start" || verb === "resume";
    const archived = bills ? livingRefusal(books, schedule.customer) : undefined;
    if (!known || archived !== undefined) return archived ?? "there is none";
    return move(known, dayOfAnswer(world, answer));
  });
}

async function startIt(world: World): Promise<void> {
  const { dice } = world;
  const schedule = someSchedule(world, ["Draft"]);
  if (!schedule) return;
  const catchUp = dice.chance(0.8) ? dice.chance(0.5) : undefined;
  await command(world, { schedule, verb: "start", body: { catchUp } }, (known, today) =>
    start(known, catchUp, today),
  );
}

async function pauseIt(world: World): Promise<void> {
  const schedule = someSchedule(world, ["Active"]);
  if (schedule) await command(world, { schedule, verb: "pause", body: {} }, pause);
}

async function resumeIt(world: World): Promise<void> {
  const schedule = someSchedule(world, ["Paused"]);
  if (!schedule) return;
  const catchUp = world.dice.chance(0.5);
  await command(world, { schedule, verb: "resume", body: { catchUp } }, (known, today) =>
    resume(known, catchUp, today),
  );
}

async function stopIt(world: World): Promise<void> {
  const schedule = someSchedule(world, ["Active", "Paused", "Draft"]);
  if (schedule) await command(world, { schedule, verb: "stop", body: {} }, stop);
}

/** Only what made nothing yet: what it made refers to it. */
async function deleteIt(world: World): Promise<void> {
  const isAny = world.dice.chance(0.5);
  const schedule = world.dice.maybe(
    [...world.books.schedules.values()].filter(({ made }) => isAny || made.length === 0),
  );
  if (!schedule) return;
  const answer = await world.ask(world.staff, "DELETE", `${path}/${schedule.id}`, {});
  world.decide(answer, ({ schedules }) => remove(schedules, schedule.id));
}

/** Another amount, rhythm, number of cycles or way of paying, from the next day on. */
async function changeIt(world: World): Promise<void> {
  const { dice } = world;
  const schedule = someSchedule(world, ["Active", "Paused", "Draft"]);
  if (!schedule) return;
  const { id, isRetainer, currency } = schedule;
  const made = dice.chance(0.5) ? someTerms(dice, currency, isRetainer) : undefined;
  const totals = made && totalsOf(made.terms);
  const startOn = plusDays(world.today(), dice.between(-1, 5));
  const rhythm = dice.chance(0.3) ? { startOn, frequency: someFrequency(dice) } : undefined;
  const cycles = dice.chance(0.3) ? dice.between(1, 6) : undefined;
  const autoBill = dice.chance(0.3) ? dice.pick(autoBills) : undefined;
  const cleared = { discount: null, taxes: null, taxIncluded: null, extraCharges: null };
  const said = Object.entries(made?.body ?? {}).filter(([, value]) => value !== undefined);
  const template = made ? { ...cleared, ...Object.fromEntries(said) } : undefined;
  const body = { template, cycles, autoBill, ...rhythm };
  const answer = await world.ask(world.staff, "PATCH", `${path}/${id}`, body);
  world.decide(answer, ({ schedules }) => {
    const known = schedules.get(id);
    if (!known) return "there is none";
    if (made && !totals) return "a deduction is larger than its line";
    const given: ScheduleChange = { terms: totals, cycles, autoBill, rhythm };
    return change(known, given, dayOfAnswer(world, answer));
  });
}

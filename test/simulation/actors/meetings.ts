import type { DueReference } from "../../../domain/shared/due.store.ts";
import { performDue } from "../../../functions/jobs/perform-due.ts";
import { type Answer, handle, loadAreas } from "../api.ts";
import { cancelAhead, changeAhead, pauseAhead } from "../model/aheads.ts";
import type { Books, Refusal } from "../model/books.ts";
import { cancel } from "../model/changes.ts";
import { majorOf } from "../model/currencies.ts";
import { setArchived } from "../model/customers.ts";
import { pause, stop } from "../model/schedules.ts";
import type { Operation } from "../operation.ts";
import { requirePromises, type World } from "../world.ts";
import { timePasses } from "./clock.ts";
import { recorded } from "./staff-money.ts";
import { someAmount } from "./terms.ts";
import { depsOf, foundNow, nextDue } from "./ticks.ts";

/** Two handlers in flight at once: the clock's, and a request about the same record. */
export const meetings: readonly Operation[] = [
  { name: "clock-meets-request", weight: 8, isTimed: true, run: meet },
];

/** What somebody asks in the instant in which the clock acts, and what it does to the model. */
interface Meeting {
  readonly method: string;
  readonly path: string;
  readonly body: object;
  readonly move: (books: Books, answer: Answer) => Refusal;
}

const hourMs = 3_600_000;
const soonMs = 72 * hourMs;

/** Waits for the next thing that is due, if it is soon, and asks something that concerns it. */
async function meet(world: World): Promise<void> {
  const { clock, dice } = world;
  const due = dueMs(world);
  if (due > clock.nowMs() + soonMs) return;
  await loadAreas();
  // Nothing stands still meanwhile: what webhooks missed is looked for each day.
  await timePasses(world, due - 1);
  if (dueMs(world) > due) return;
  clock.advanceTo(new Date(due).toISOString());
  const found = await foundNow(world);
  await world.check();
  const fitting = found.flatMap((one) => {
    const meeting = meetingFor(world, one);
    return meeting ? [{ due: one, meeting }] : [];
  });
  const chosen = dice.maybe(fitting);
  if (chosen) await collide(world, chosen);
}

const dueMs = (world: World): number => Date.parse(nextDue(world) ?? "9999-01-01");

function meetingFor(world: World, { kind, id }: DueReference): Meeting | undefined {
  if (kind === "REC") return meetSchedule(world, id);
  if (kind === "PRE") return meetAhead(world, id);
  return kind === "INV" ? meetInvoice(world, id) : undefined;
}

function meetSchedule({ dice, books }: World, id: string): Meeting | undefined {
  const schedule = books.schedules.get(id);
  if (!schedule) return undefined;
  const { customer } = schedule;
  const isArchived = dice.chance(0.25);
  if (isArchived) {
    return {
      ...{ method: "PATCH", path: `/v1/customers/${customer}`, body: { archived: true } },
      move: (next) => setArchived(next, customer, true),
    };
  }
  const isOver = dice.chance(0.4);
  return {
    ...{ method: "POST", body: {} },
    path: `/v1/recurring-invoices/${id}/${isOver ? "stop" : "pause"}`,
    move: ({ schedules }) => {
      const known = schedules.get(id);
      if (!known) return "there is none";
      return isOver ? stop(known) : pause(known);
    },
  };
}

function meetAhead({ dice, books }: World, id: string): Meeting | undefined {
  const ahead = books.aheads.get(id);
  if (!ahead) return undefined;
  const path = `/v1/prepayments/${id}`;
  const verb = dice.pick(["pause", "cancel", "change"] as const);
  const amount = 100 * Math.ceil(someAmount(dice) / 100) + 1_000;
  const isChange = verb === "change";
  return {
    method: isChange ? "PATCH" : "POST",
    path: isChange ? path : `${path}/${verb}`,
    body: isChange ? { amount: majorOf(amount, ahead.currency) } : {},
    move: ({ aheads }) => {
      const known = aheads.get(id);
      if (!known) return "there is none";
      if (isChange) return changeAhead(known, { amount, cycles: undefined });
      return verb === "pause" ? pauseAhead(known) : cancelAhead(known);
    },
  };
}

function meetInvoice(world: World, id: string): Meeting | undefined {
  if (!world.books.documents.has(id)) return undefined;
  const isPaid = world.dice.chance(0.7);
  const path = `/v1/invoices/${id}`;
  return isPaid
    ? {
        ...{ method: "POST", path: `${path}/payments`, body: { method: "Cash" } },
        move: (next) => recorded(world, id, undefined)(next),
      }
    : {
        ...{ method: "POST", path: `${path}/cancel`, body: { reason: "A mistake" } },
        move: (next) => cancel(next, id),
      };
}

const passing = new Set(["write.conflict", "idempotency.in-progress"]);

async function collide(
  world: World,
  { due, meeting }: { readonly due: DueReference; readonly meeting: Meeting },
): Promise<void> {
  const { machine, clock, staff } = world;
  const { method, path, body } = meeting;
  const id = `${world.seed}-${clock.nowMs()}-meets`;
  const headers = { ...staff.headers, "idempotency-key": id };
  const request = { id, method, path, body, headers };
  world.note(`  ${method} ${path} meets ${due.what} of ${due.id}`);
  const [asking, acting] = [machine.start(), machine.start()];
  const { rates } = machine;
  // Nobody dies of it: what is looked for is the order of two that live.
  machine.rates = { ...rates, crash: 0, throttle: 0, conflict: 0, late: 0 };
  const [first] = await machine.together(() =>
    Promise.all([
      handle(world.depsFor(asking), request),
      performDue(depsOf(world, acting, true), due),
    ]),
  );
  machine.rates = rates;
  const isLost = passing.has(first.body?.code);
  const answer = isLost ? await handle(world.depsFor(machine.start()), request) : first;
  world.note(`  -> ${first.status} ${answer.status} ${answer.body?.code ?? ""}`);
  await explain(world, { answer, meeting });
}

/**
 * One after the other, in one order or in the other, or between two of the clock's writes, which may be
 * several: nothing else may have happened.
 */
async function explain(
  world: World,
  { answer, meeting }: { readonly answer: Answer; readonly meeting: Meeting },
): Promise<void> {
  const written = await world.look();
  // Records are followed before events.
  const fresh = [true, false].flatMap((isRecord) =>
    written.fresh.filter((key) => key.includes("|J#") === isRecord),
  );
  const { books, facts, journal } = world;
  const before = { books, facts, journal };
  const told: string[] = [];
  // What staff did is decided here, also where it is told beside what the clock did.
  world.isAsking = true;
  try {
    for (const cut of [...fresh.keys(), fresh.length].reverse()) {
      Object.assign(world, structuredClone(before));
      try {
        await world.follow({ ...written, fresh: fresh.slice(0, cut) });
        world.decide(answer, (next) => meeting.move(next, answer));
        await world.follow({ ...written, fresh: fresh.slice(cut) });
        requirePromises(world);
        world.note(`  the request came after ${cut} of ${fresh.length}`);
        return;
      } catch (error) {
        told.push((error as Error).message);
      }
    }
  } finally {
    world.isAsking = false;
  }
  throw new Error(`no order explains it: ${[...new Set(told)].join("; ")}`);
}

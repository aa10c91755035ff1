import { saveSchedule } from "../../../domain/recurring/recurring.store.ts";
import {
  type Decided,
  pauseRecurring as pause,
  type Recurring,
  resumeRecurring as resume,
  startRecurring as start,
  stopRecurring as stop,
} from "../../../domain/recurring/recurring.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import type { Refusal } from "../../../domain/shared/refusals.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, type Operation, type Outcome, operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { requireCustomer } from "../billing/party.ts";
import { requireLiving } from "./customer.ts";
import { planNext } from "./plan.ts";
import { recurringRoutes } from "./routes.ts";
import { recurringReplyOf, requireRecurring } from "./view.ts";

interface Step {
  readonly type: string;
  readonly data?: Record<string, unknown>;
  /** The customer must be one that is billed still. */
  readonly bills: boolean;
  readonly decide: (
    recurring: Recurring,
    moment: { readonly now: string; readonly today: string },
  ) => Decided | Refusal;
}

async function run(call: Call, { type, data, bills, decide }: Step): Promise<Outcome> {
  const { recurring: before, template } = await requireRecurring(call);
  const { settings } = await call.agency();
  call.requireVersion(before);
  if (bills) requireLiving(await requireCustomer(call, before.customer));
  const today = dayIn(call.now, settings.timeZone);
  const { recurring } = orRefuse(decide(before, { now: call.now, today }));
  const { id: subject, customer } = recurring;
  return {
    ...(await recurringReplyOf(call, { recurring, template })),
    writes: [
      saveSchedule(call.tenant, recurring),
      planNext(call.tenant, recurring, settings),
      eventOf(call, { type, subject, customer, ...(data ? { data } : {}) }),
    ],
  };
}

const step =
  <R extends Operation["route"]>(read: (call: Call<R>) => Step) =>
  async (call: Call<R>): Promise<Outcome> => {
    // Unknown records are a 404 before the body is a 400.
    await requireRecurring(call);
    return run(call as unknown as Call, read(call));
  };

export const startRecurring = operation(
  recurringRoutes.startRecurring,
  step<typeof recurringRoutes.startRecurring>((call) => {
    const { catchUp = null } = call.body();
    return {
      type: "recurring.started",
      bills: true,
      decide: (recurring, moment) => start(recurring, { catchUp }, moment),
    };
  }),
);

export const resumeRecurring = operation(
  recurringRoutes.resumeRecurring,
  step<typeof recurringRoutes.resumeRecurring>((call) => {
    const command = call.body();
    return {
      type: "recurring.resumed",
      bills: true,
      decide: (recurring, moment) => resume(recurring, command, moment),
    };
  }),
);

export const pauseRecurring = operation(
  recurringRoutes.pauseRecurring,
  step<typeof recurringRoutes.pauseRecurring>((call) => {
    call.body();
    const type = "recurring.paused";
    return {
      type,
      data: { code: null },
      bills: false,
      decide: (one, { now }) => pause(one, { now }),
    };
  }),
);

export const stopRecurring = operation(
  recurringRoutes.stopRecurring,
  step<typeof recurringRoutes.stopRecurring>((call) => {
    call.body();
    return { type: "recurring.stopped", bills: false, decide: (one, { now }) => stop(one, now) };
  }),
);

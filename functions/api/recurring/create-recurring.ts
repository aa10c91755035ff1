import { saveSchedule, saveTemplate } from "../../../domain/recurring/recurring.store.ts";
import { newRecurring, startRecurring } from "../../../domain/recurring/recurring.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { partyOf } from "../billing/party.ts";
import { termsFrom } from "../billing/terms.ts";
import { planNext } from "./plan.ts";
import { recurringRoutes } from "./routes.ts";
import { amountsOf, inTemplate, saidOfSchedule, scheduleDefaults, templateOf } from "./terms.ts";
import { recurringReplyOf } from "./view.ts";

/** Template and rhythm; nothing is issued before it is started. */
export const createRecurring = operation(recurringRoutes.createRecurring, async (call) => {
  const body = call.body();
  const { frequency, startOn, status = "Draft", catchUp = null } = body;
  const agency = await call.agency();
  const party = await inTemplate(() => partyOf(call, body.template.customer));
  const { customer } = party;
  const template = await inTemplate(() =>
    templateOf(termsFrom(body.template, { agency, customer, today: startOn }), customer),
  );
  const terms = {
    ...scheduleDefaults,
    ...saidOfSchedule(body),
    ...amountsOf(template),
    ...{ frequency, startOn },
  };
  const id = newId("recurring", Date.parse(call.now), call.deps.random(10));
  const draft = newRecurring(terms, { id, now: call.now });
  const today = dayIn(call.now, agency.settings.timeZone);
  const isActive = status === "Active";
  const started = isActive
    ? orRefuse(startRecurring(draft, { catchUp }, { now: call.now, today })).recurring
    : draft;
  const recurring = { ...started, version: 1 };
  const event = { type: "recurring.created", subject: id, customer: customer.id };
  const also = isActive ? [{ type: "recurring.started", subject: id }] : [];
  return {
    ...(await recurringReplyOf(call, { recurring, template }, 201)),
    writes: [
      ...party.writes,
      saveSchedule(call.tenant, recurring),
      saveTemplate(call.tenant, id, template),
      ...(isActive ? [planNext(call.tenant, recurring, agency.settings)] : []),
      eventOf(call, { ...event, also }),
    ],
  };
});

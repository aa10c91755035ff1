import type { DocumentTerms } from "../../../domain/billing/draft.ts";
import {
  type RecurringDocument,
  removeRecurring,
  saveSchedule,
  saveTemplate,
} from "../../../domain/recurring/recurring.store.ts";
import { changeRecurring } from "../../../domain/recurring/recurring.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { cancelDue } from "../../../domain/shared/due.store.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefuse, Refused } from "../../kit/refused.ts";
import { type Party, partyOf, requireCustomer } from "../billing/party.ts";
import { changeTerms } from "../billing/terms.ts";
import { occurrenceDue, planNext } from "./plan.ts";
import { recurringRoutes } from "./routes.ts";
import type { RecurringPatch } from "./schemas.ts";
import { amountsOf, inTemplate, saidOfSchedule, templateOf } from "./terms.ts";
import { recurringReplyOf, requireRecurring } from "./view.ts";

/** From the next occurrence on; what was made stays as it is. */
export const patchRecurring = operation(recurringRoutes.patchRecurring, async (call) => {
  const before = await requireRecurring(call);
  const body = call.body();
  const agency = await call.agency();
  const today = dayIn(call.now, agency.settings.timeZone);
  const party = await partyFor(call, before, body.template?.customer);
  call.requireVersion(before.recurring);
  const template = body.template ? await changed(before, body.template, party) : before.template;
  const change = { ...saidOfSchedule(body), ...amountsOf(template) };
  const { recurring } = orRefuse(
    changeRecurring(before.recurring, change, { now: call.now, today }),
  );
  const { id: subject, customer } = recurring;
  return {
    ...(await recurringReplyOf(call, { recurring, template })),
    writes: [
      ...party.writes,
      saveSchedule(call.tenant, recurring),
      ...(body.template ? [saveTemplate(call.tenant, recurring.id, template)] : []),
      planNext(call.tenant, recurring, agency.settings),
      eventOf(call, { type: "recurring.updated", subject, customer }),
    ],
  };
});

type Reference = NonNullable<RecurringPatch["template"]>["customer"];

async function partyFor(
  call: Call,
  { recurring }: RecurringDocument,
  reference: Reference,
): Promise<Party> {
  if (reference === undefined) {
    return { customer: await requireCustomer(call, recurring.customer), writes: [] };
  }
  const party = await inTemplate(() => partyOf(call, reference));
  if (party.customer.id === recurring.customer || recurring.status === "Draft") return party;
  throw new Refused(refuse("recurring.begun", "Make another one for another customer."));
}

async function changed(
  { template }: RecurringDocument,
  given: NonNullable<RecurringPatch["template"]>,
  { customer }: Party,
): Promise<DocumentTerms> {
  if (given.isRetainer !== undefined && given.isRetainer !== template.isRetainer) {
    throw new Refused(refuse("invoice.kind-fixed", "Make another recurring invoice instead."));
  }
  const next = await inTemplate(() => changeTerms(template, given, { lang: null }));
  return templateOf({ ...next, customer: customer.id }, customer);
}

export const deleteRecurring = operation(recurringRoutes.deleteRecurring, async (call) => {
  const { recurring } = await requireRecurring(call);
  call.body();
  call.requireVersion(recurring);
  if (recurring.issued > 0) {
    throw new Refused(refuse("recurring.begun", "Stop it instead: what it made refers to it."));
  }
  const { id: subject, customer } = recurring;
  return {
    status: 204,
    writes: [
      ...removeRecurring(call.tenant, recurring),
      cancelDue(call.tenant, occurrenceDue(recurring.id)),
      eventOf(call, { type: "recurring.deleted", subject, customer }),
    ],
  };
});

import { listContactsByMailbox } from "../../domain/customers/contact.store.ts";
import { createSession, endSession } from "../../domain/portal/session.store.ts";
import { newSession } from "../../domain/portal/session.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { eventOf } from "../kit/event-record.ts";
import { hashText } from "../kit/idempotency.ts";
import { operation } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";
import { newTokenText, sessionCookie, sessionOf } from "../kit/session-principal.ts";
import { sessionRoutes } from "./routes.ts";

const unknown = () => new Refused(refuse("contact.not-found", "There is no such contact."));

/** By the address that was proven at log-in, not by the contact's present one: that the contact may change. */
export const switchContact = operation(sessionRoutes.switchContact, async (call) => {
  call.body();
  const { deps, tenant, now, event } = call;
  const held = await sessionOf(deps, event);
  if (!held?.session.mailbox) throw unknown();
  const { session, hash } = held;
  const others = await listContactsByMailbox(tenant, held.session.mailbox);
  const other = others.find(({ id, portal }) => portal && id === call.params.id);
  if (!other) throw unknown();
  const text = newTokenText(deps);
  const next = { ...session, customer: other.customer, contact: other.id };
  return {
    status: 204,
    headers: { "set-cookie": sessionCookie(deps.config, text) },
    writes: [
      createSession(deps.platform, hashText(text), newSession(next, now)),
      endSession(deps.platform, hash),
      eventOf(call, {
        type: "portal.switched",
        subject: other.id,
        customer: other.customer,
        data: { from: session.contact },
      }),
    ],
  };
});

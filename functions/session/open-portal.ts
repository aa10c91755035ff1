import { loadContact } from "../../domain/customers/contact.store.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { eventOf } from "../kit/event-record.ts";
import { operation } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";
import { makeLoginLink } from "../portal/links.ts";
import { sessionRoutes } from "./routes.ts";

/** For staff who enter a card that was given by phone: all that happens names both. */
export const openPortal = operation(sessionRoutes.openPortal, async (call) => {
  const { deps, tenant, params, principal } = call;
  const contact = await loadContact(tenant, params.id ?? "", params.contactId ?? "");
  if (!contact) throw new Refused(refuse("contact.not-found", "There is no such contact."));
  call.body();
  const agency = await call.agency();
  const { id: subject, customer } = contact;
  const event = eventOf(call, { type: "portal.opened", subject, customer });
  const { url, expiresAt, write } = makeLoginLink(deps, {
    agency,
    contact,
    staff: principal.actor,
  });
  const replayBody = { url: null, expiresAt };
  return { status: 201, body: { url, expiresAt }, replayBody, writes: [write, event] };
});

import { loadLinkLimit, saveLinkLimit } from "../../domain/portal/link-limit.store.ts";
import { askForLink } from "../../domain/portal/link-limit.ts";
import { inboxOf } from "../../domain/shared/mailbox.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { eventOf } from "../kit/event-record.ts";
import { hashText } from "../kit/idempotency.ts";
import { type Call, type Operation, operation } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";
import { agencyNamed, type NamedAgency } from "./agency.ts";
import { sessionRoutes } from "./routes.ts";

/**
 * Never looks whether anybody has the address: a consumer does, afterwards, and mails. So neither the
 * answer nor the time it takes tells who is a customer here.
 */
export const askLink: Operation = operation(sessionRoutes.askLink, async (call) => {
  const { agency: name, email } = call.body();
  const named = await agencyNamed(call.deps, name);
  const counted = await countLink(call, `${named?.agency.id ?? name} ${inboxOf(email)}`);
  const event = { type: "session.link-asked", data: { email } };
  return { status: 202, writes: [counted, ...asked(call, named, event)] };
});

export const register: Operation = operation(sessionRoutes.register, async (call) => {
  const { agency: name, company = null, ...person } = call.body();
  const named = await agencyNamed(call.deps, name);
  if (!named?.agency.settings.portal.registration) {
    throw new Refused(refuse("request.not-found", "Nobody can register here."));
  }
  const counted = await countLink(call, `${named.agency.id} ${inboxOf(person.email)}`);
  const event = { type: "session.registration-asked", data: { ...person, company } };
  return { status: 202, writes: [counted, ...asked(call, named, event)] };
});

function asked(
  call: Pick<Call, "now" | "seed">,
  named: NamedAgency | undefined,
  event: { readonly type: string; readonly data: Record<string, unknown> },
): GuardedWrite[] {
  if (!named) return [];
  const { tenant, agency } = named;
  const by = { actor: { system: "portal" } } as unknown as Call["principal"];
  return [eventOf({ ...call, tenant, principal: by }, { ...event, subject: agency.id })];
}

/** Counts links per address, whether anybody has it or not. */
async function countLink(
  { deps, now }: Pick<Call, "deps" | "now">,
  address: string,
): Promise<GuardedWrite> {
  const hash = hashText(address);
  const asked = askForLink(await loadLinkLimit(deps.platform, hash), now);
  if (asked.ok) return saveLinkLimit(deps.platform, hash, asked.next);
  throw new Refused(refuse("request.limited", "Too many links for this address; wait a little."), {
    headers: { "retry-after": String(asked.retryAfterS) },
  });
}

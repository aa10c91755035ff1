import { loadContact } from "../../domain/customers/contact.store.ts";
import type { Contact } from "../../domain/customers/contact.ts";
import { createSession, endSession } from "../../domain/portal/session.store.ts";
import { newSession, type Session } from "../../domain/portal/session.ts";
import { loadToken, spendToken } from "../../domain/portal/token.store.ts";
import { isSingleUse, isValid, type PortalToken } from "../../domain/portal/token.ts";
import { mailboxOf } from "../../domain/shared/mailbox.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { eventOf } from "../kit/event-record.ts";
import { hashText } from "../kit/idempotency.ts";
import { type Call, operation } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";
import {
  newTokenText,
  noSessionCookie,
  principalIn,
  sessionCookie,
  sessionOf,
} from "../kit/session-principal.ts";
import { registered } from "./registered.ts";
import { sessionRoutes } from "./routes.ts";

const badLink = () =>
  new Refused(refuse("auth.missing", "The link was used or is too old. Ask for a new one."));

/** A mailed token for a cookie. */
export const logIn = operation(sessionRoutes.logIn, async (call) => {
  const hash = hashText(call.body().token);
  const token = await loadToken(call.deps.platform, hash);
  if (!token || !isValid(token, call.now)) throw badLink();
  const held = await sessionOf(call.deps, call.event);
  if (token.kind === "document" && held && opensMore(held.session, token)) return { status: 204 };
  const opened = await openedBy(call, token);
  const text = newTokenText(call.deps);
  return {
    status: 204,
    headers: { "set-cookie": sessionCookie(call.deps.config, text) },
    writes: [
      createSession(call.deps.platform, hashText(text), opened.session),
      ...(isSingleUse(token) ? [spendToken(call.deps.platform, hash)] : []),
      ...(held ? [endSession(call.deps.platform, held.hash)] : []),
      ...opened.writes,
      await eventIn(call, opened.session, "portal.logged-in"),
    ],
  };
});

/** Whoever is logged in opens a document from a mail without losing the rest. */
const opensMore = (session: Session, token: PortalToken & { readonly kind: "document" }): boolean =>
  session.document === null &&
  session.customer === token.customer &&
  session.agency === token.agency;

/** Comings and goings of a session, in the words of whoever acts in it. */
async function eventIn(
  call: Call,
  session: Session,
  type: "portal.logged-in" | "portal.logged-out",
): Promise<GuardedWrite> {
  const { agency, contact, customer, document } = session;
  const by = { ...call, tenant: await call.deps.tenant(agency), principal: principalIn(session) };
  const data = type === "portal.logged-in" ? { data: { document } } : {};
  return eventOf(by, { type, subject: contact, customer, ...data });
}

interface Opened {
  readonly session: Session;
  readonly writes: readonly GuardedWrite[];
}

async function openedBy(call: Call, token: PortalToken): Promise<Opened> {
  const tenant = await call.deps.tenant(token.agency);
  if (token.kind === "register") {
    const { contact, writes } = await registered({ ...call, tenant }, token);
    const { agency, email } = token;
    const mailbox = mailboxOf(agency, email);
    return { session: sessionFor(call, { agency, contact, mailbox }), writes };
  }
  const contact = await loadContact(tenant, token.customer, token.contact);
  if (!contact) throw badLink();
  const place = { agency: token.agency, contact };
  if (token.kind === "document") {
    const { document, expiresAt: endsAt } = token;
    return { session: sessionFor(call, { ...place, document, endsAt }), writes: [] };
  }
  const { staff } = token;
  if (staff) return { session: sessionFor(call, { ...place, staff }), writes: [] };
  if (!contact.portal) throw badLink();
  return { session: sessionFor(call, { ...place, mailbox: token.mailbox }), writes: [] };
}

function sessionFor(
  { now }: Pick<Call, "now">,
  given: Pick<Session, "agency"> & {
    readonly contact: Pick<Contact, "id" | "customer">;
  } & Partial<Pick<Session, "mailbox" | "document" | "staff" | "endsAt">>,
): Session {
  const { contact, ...rest } = given;
  const opens = { mailbox: null, document: null, staff: null, endsAt: null, ...rest };
  return newSession({ ...opens, contact: contact.id, customer: contact.customer }, now);
}

/** Ends the session on the server; the cookie alone would live on in whoever copied it. */
export const logOut = operation(sessionRoutes.logOut, async (call) => {
  const held = await sessionOf(call.deps, call.event);
  return {
    status: 204,
    headers: { "set-cookie": noSessionCookie(call.deps.config) },
    writes: held
      ? [
          endSession(call.deps.platform, held.hash),
          await eventIn(call, held.session, "portal.logged-out"),
        ]
      : [],
  };
});

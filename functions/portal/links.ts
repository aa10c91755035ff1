import type { Agency } from "../../domain/agencies/agency.ts";
import type { Contact } from "../../domain/customers/contact.ts";
import { saveToken } from "../../domain/portal/token.store.ts";
import { newToken, type PortalToken } from "../../domain/portal/token.ts";
import type { Id } from "../../domain/shared/ids.ts";
import type { Actor } from "../../domain/shared/journal.ts";
import { mailboxOf } from "../../domain/shared/mailbox.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { commit } from "../kit/commit.ts";
import type { Deps } from "../kit/deps.ts";
import { hashText } from "../kit/idempotency.ts";
import { newTokenText } from "../kit/session-principal.ts";

type LinkDeps = Pick<Deps, "config" | "now" | "random" | "platform">;
type Home = Pick<Agency, "id" | "slug">;
type Who = Pick<Contact, "id" | "customer" | "email">;

export interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

export interface MadeLink extends Link {
  /** Must be committed before anybody gets the link. */
  readonly write: GuardedWrite;
}

const pages = { login: "login", register: "login", document: "d" } as const;

/** Absolute address of a page of the agency's portal. */
export const portalUrl = (
  { config }: Pick<Deps, "config">,
  { slug }: Pick<Agency, "slug">,
  page: string,
): string => `${config.publicUrl}/p/${slug}/${page}`;

/** The token stands in the fragment, which browsers send to no server; here only its hash is kept. */
export function makeLink(
  deps: LinkDeps,
  agency: Pick<Agency, "slug">,
  token: PortalToken,
): MadeLink {
  const text = newTokenText(deps);
  return {
    url: `${portalUrl(deps, agency, pages[token.kind])}#token=${text}`,
    expiresAt: token.expiresAt,
    write: saveToken(deps.platform, hashText(text), token),
  };
}

export function makeLoginLink(
  deps: LinkDeps,
  to: { readonly agency: Home; readonly contact: Who; readonly staff: Actor | null },
): MadeLink {
  const { id: agency } = to.agency;
  const { id: contact, customer, email } = to.contact;
  const mailbox = mailboxOf(agency, email);
  const who = { agency, customer, contact, mailbox, staff: to.staff };
  return makeLink(deps, to.agency, newToken({ kind: "login", ...who }, deps.now()));
}

/** A log-in for one contact: works once, for 15 minutes. */
export async function loginLink(
  deps: LinkDeps,
  to: { readonly agency: Home; readonly contact: Who },
): Promise<Link> {
  return kept(deps, makeLoginLink(deps, { ...to, staff: null }));
}

/** Opens one document (and what it became) for one contact, again and again, for 90 days. */
export async function documentLink(
  deps: LinkDeps,
  to: {
    readonly agency: Home;
    readonly customer: Id<"customer">;
    readonly contact: Id<"contact">;
    readonly document: string;
  },
): Promise<Link> {
  const { customer, contact, document } = to;
  const given = { kind: "document", agency: to.agency.id, customer, contact, document } as const;
  return kept(deps, makeLink(deps, to.agency, newToken(given, deps.now())));
}

async function kept({ platform }: LinkDeps, made: MadeLink): Promise<Link> {
  await commit(platform, [made.write]);
  return { url: made.url, expiresAt: made.expiresAt };
}

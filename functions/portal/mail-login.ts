import { loadAgency } from "../../domain/agencies/agency.store.ts";
import type { Agency } from "../../domain/agencies/agency.ts";
import { listContactsByEmail } from "../../domain/customers/contact.store.ts";
import type { Contact } from "../../domain/customers/contact.ts";
import { newToken, type PortalToken } from "../../domain/portal/token.ts";
import { epochMsOf } from "../../domain/shared/calendar.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { localeOf } from "../documents/locale.ts";
import { agencyView } from "../documents/paper-view.ts";
import { commit } from "../kit/commit.ts";
import type { Deps } from "../kit/deps.ts";
import { logInLetter } from "../mail/letters/log-in.ts";
import { type Mailing, sendMails } from "../mail/send-mails.ts";
import { mailSpeechOf } from "../mail/speech.ts";
import { type MadeLink, makeLink, makeLoginLink } from "./links.ts";

export interface AskedLogin {
  readonly tenant: Tenant;
  readonly cause: string;
  readonly email: string;
  /** Who the person says they are, if they want to become a customer. */
  readonly person: Omit<PortalToken & { kind: "register" }, Common> | null;
}
type Common = "kind" | "agency" | "createdAt" | "expiresAt" | "email";

/**
 * Mails a link to whoever has the address; a stranger gets one only to register, and only where the
 * agency still wants that.
 */
export async function mailLogin(deps: Deps, asked: AskedLogin): Promise<void> {
  const { tenant, email, person } = asked;
  const [agency, contacts] = await Promise.all([
    loadAgency(tenant),
    listContactsByEmail(tenant, email),
  ]);
  const contact = contacts.find(({ portal }) => portal) ?? null;
  const registers = person !== null && agency.settings.portal.registration;
  if (!contact && !registers) return;
  const makesLink = (): MadeLink => {
    if (contact) return makeLoginLink(deps, { agency, contact, staff: null });
    if (!person) throw new Error("a stranger without a name can't register");
    const token = { kind: "register" as const, agency: agency.id, email, ...person };
    return makeLink(deps, agency, newToken(token, deps.now()));
  };
  await sendMails(deps, tenant, mailingOf(deps, asked, { agency, contact, makesLink }));
}

function mailingOf(
  deps: Deps,
  { email, cause }: AskedLogin,
  {
    agency,
    contact,
    makesLink,
  }: {
    readonly agency: Agency;
    readonly contact: Contact | null;
    readonly makesLink: () => MadeLink;
  },
): Mailing {
  const { locale: home, currency, timeZone: zone } = agency.settings;
  const locale = localeOf([contact?.lang ?? null], home);
  return {
    ...{ agency, cause, subject: contact?.id ?? agency.id },
    customer: contact?.customer ?? null,
    recipients: { to: [{ email, contact }], cc: [], bcc: [] },
    // A link of its own for every try: the former one may never have left.
    write: async () => {
      const { url, expiresAt, write } = makesLink();
      await commit(deps.platform, [write]);
      const minutes = Math.round((epochMsOf(expiresAt) - epochMsOf(deps.now())) / 60_000);
      const speech = mailSpeechOf({ locale, currency, zone });
      return { letter: logInLetter({ agency: agencyView(agency), url, minutes }, speech), locale };
    },
    files: async () => [],
  };
}

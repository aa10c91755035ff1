import { loadMailAddresses } from "../../domain/customers/mail-address.store.ts";
import type { MailFailure } from "../../domain/customers/mail-address.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { Refused } from "../kit/refused.ts";
import type { Recipients } from "./recipients.ts";

/** Leaves out every address that gets no more mail, of the firm and of copies, too. */
export async function reachable(tenant: Tenant, recipients: Recipients): Promise<Recipients> {
  const { to, cc, bcc, failed = [] } = recipients;
  const asked = [...to.map(({ email }) => email), ...cc, ...bcc];
  if (asked.length === 0) return recipients;
  const known = await loadMailAddresses(tenant, asked);
  const out = asked.filter((_, index) => known[index]?.failure);
  if (out.length === 0) return recipients;
  const isIn = (email: string) => !out.includes(email);
  const left = to.filter(({ email }) => isIn(email));
  return {
    to: left,
    // Copies go with the first reader's mail: where there is none, there is nothing to copy.
    cc: left.length > 0 ? cc.filter(isIn) : [],
    bcc: left.length > 0 ? bcc.filter(isIn) : [],
    failed: [...failed, ...out],
  };
}

/** An address that the caller names is mailed or refused, never silently left out. */
export async function requireReachable(tenant: Tenant, email: string | null): Promise<void> {
  if (email === null) return;
  const [known] = await loadMailAddresses(tenant, [email]);
  if (!known?.failure) return;
  throw new Refused(refuse("mail.address-failed", `${email} ${told(known.failure)}`));
}

const told = ({ reason, at, detail }: MailFailure): string => {
  const why = reason === "bounce" ? "returned a mail" : "called a mail spam";
  const said = detail ? ` (${detail})` : "";
  return `${why} on ${at.slice(0, 10)}${said}. PATCH the contact's email to try it again.`;
};

import { listContactsByEmail, saveContact } from "../../domain/customers/contact.store.ts";
import { type Contact, withMailFailure } from "../../domain/customers/contact.ts";
import { loadMailAddresses, saveMailAddress } from "../../domain/customers/mail-address.store.ts";
import { type MailAddress, noteFailure } from "../../domain/customers/mail-address.ts";
import { newId } from "../../domain/shared/ids.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import type { Envelope } from "../../events/envelope.ts";
import { mailDelayed } from "../../events/mail-delayed.ts";
import { mailFailed } from "../../events/mail-failed.ts";
import { mailReturned } from "../../events/mail-returned.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";
import { loadMark, saveMark } from "../mail/mark.store.ts";

const name = "mail-returned-mark-address";
/** With an event each they fill one transaction; mails to the address are left out all the same. */
const markedMax = 40;

/** Switches an address off for the agency whose mail came back, and for no other, and tells its staff. */
export const markAddress = consumer({
  name,
  on: [mailReturned.name],
  run: async (deps, envelope) => {
    if (!envelope.agency) {
      deps.log.warn("a mail came back that names no agency", { mail: envelope.subject });
      return;
    }
    const tenant = await deps.tenant(envelope.agency);
    const { recipients, ...notice } = mailReturned.data.parse(envelope.data);
    deps.log.info("a mail came back", { agency: envelope.agency, kind: notice.kind });
    for (const recipient of recipients) {
      const returned = { ...notice, ...recipient, envelope };
      await commitDecided(deps, tenant, () => decide(deps, tenant, returned));
    }
  },
});

interface Returned {
  readonly email: string;
  readonly detail: string | null;
  readonly kind: "bounce" | "complaint" | "soft";
  readonly sentAt: string;
  readonly envelope: Envelope;
}

async function decide(deps: Deps, tenant: Tenant, one: Returned): Promise<GuardedWrite[]> {
  const { email, envelope, kind } = one;
  const place = { cause: `${name} ${envelope.id}`, email };
  const [{ mark }, [known], sharing] = await Promise.all([
    loadMark(tenant, place, envelope.at.slice(0, 10)),
    loadMailAddresses(tenant, [email]),
    listContactsByEmail(tenant, email),
  ]);
  if (mark) return [];
  const now = deps.now();
  const contacts = sharing.slice(0, markedMax);
  const next = kind === "soft" ? undefined : failed(known, { ...one, reason: kind });
  return [
    saveMark(tenant, place, { state: "returned", at: now, version: 1 }),
    ...(next ? marks(tenant, { next, contacts, now }) : []),
    ...(next || kind === "soft" ? events(deps, tenant, { ...one, contacts, now }) : []),
  ];
}

const failed = (
  known: MailAddress | undefined,
  { email, detail, sentAt, envelope, reason }: Returned & { reason: "bounce" | "complaint" },
): MailAddress | undefined =>
  noteFailure(known, { email, sentAt, failure: { reason, at: envelope.at, detail } });

function marks(
  tenant: Tenant,
  parts: {
    readonly next: MailAddress;
    readonly contacts: readonly Contact[];
    readonly now: string;
  },
): GuardedWrite[] {
  const { next, contacts, now } = parts;
  return [
    saveMailAddress(tenant, next),
    ...contacts.map((contact) => saveContact(tenant, withMailFailure(contact, next.failure, now))),
  ];
}

/** One for every contact with the address; of the firm's own address the customer's staff are told. */
function events(
  deps: Deps,
  tenant: Tenant,
  one: Returned & { readonly contacts: readonly Contact[]; readonly now: string },
): GuardedWrite[] {
  const { email, detail, kind, now, contacts, envelope } = one;
  const { customer = null } = envelope;
  const firm = { subject: customer ?? tenant.agency, customer };
  const told = contacts.map(({ id, customer: whose }) => ({ subject: id, customer: whose }));
  return (told.length > 0 ? told : [firm]).map((about) =>
    saveEventRecord(tenant, {
      id: newId("event", Date.parse(now), deps.random(10)),
      ...about,
      at: now,
      actor: { system: "mail" },
      also: [],
      ...(kind === "soft"
        ? { type: mailDelayed.name, data: { email, detail } }
        : { type: mailFailed.name, data: { email, reason: kind, detail } }),
    }),
  );
}

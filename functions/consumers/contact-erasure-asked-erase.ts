import {
  contactPrefix,
  listContacts,
  loadContact,
  loadRoster,
  releaseEmail,
  removeContactItem,
  saveContact,
  saveRoster,
} from "../../domain/customers/contact.store.ts";
import { type Contact, removeContact } from "../../domain/customers/contact.ts";
import { type Erasure, erased, erasureOf } from "../../domain/customers/erasure.ts";
import { forgetMailAddress } from "../../domain/customers/mail-address.store.ts";
import { newId } from "../../domain/shared/ids.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import { loadStored, rewrite } from "../../domain/shared/stored.store.ts";
import type { GuardedWrite, Item, Key, Tenant } from "../../domain/shared/table.store.ts";
import { contactErasureAsked } from "../../events/contact-erasure-asked.ts";
import type { Envelope } from "../../events/envelope.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";
import { answersAbout, erasedAnswer } from "../privacy/answers.ts";
import { endSchedules } from "../privacy/end-schedules.ts";
import { placesOf } from "../privacy/places.ts";

/**
 * Takes a person out of whatever their customer's records say, item by item, and the contact itself at the
 * end: an interrupted run goes on from the start, as long as there is somebody left to erase.
 */
export const eraseContact = consumer({
  name: "contact-erasure-asked-erase",
  on: [contactErasureAsked.name],
  run: async (deps, envelope) => {
    const { agency, customer, subject } = envelope;
    if (!agency || !customer) return;
    const tenant = await deps.tenant(agency);
    const contact = await loadContact(tenant, customer, subject);
    if (!contact) return;
    const others = (await listContacts(tenant, customer)).filter(({ id }) => id !== contact.id);
    const erasure = erasureOf(contact, others);
    for await (const item of placesOf(tenant, contact)) {
      if (!isContact(item))
        await change(deps, tenant, { item, make: (one) => erased(one, erasure) });
    }
    for await (const item of answersAbout(tenant, customer)) {
      await change(deps, tenant, { item, make: (one) => erasedAnswer(one, erasure) });
    }
    // After the walk, so that nobody is told whose address still stands there.
    if (erasure.isWhole) await endSchedules(deps, tenant, { customer, actor: envelope.actor });
    await commitDecided(deps, tenant, () => farewell(deps, tenant, { contact, envelope, erasure }));
  },
});

/** Others are other people, whatever they are called; its own record says what is looked for, and goes last. */
const isContact = ({ sk }: Item): boolean => String(sk).startsWith(contactPrefix);

interface Change {
  readonly item: Item;
  readonly make: (item: Item) => Item;
}

const isSame = (a: Item, b: Item): boolean => JSON.stringify(a) === JSON.stringify(b);

async function change(deps: Deps, tenant: Tenant, { item, make }: Change): Promise<void> {
  if (isSame(item, make(item))) return;
  await commitDecided(deps, tenant, async () => {
    const before = (await loadStored(tenant, item as Key)) as (Item & Key) | undefined;
    const after = before && make(before);
    return !before || !after || isSame(before, after) ? [] : [rewrite(tenant, before, after)];
  });
}

async function farewell(
  deps: Deps,
  tenant: Tenant,
  parts: {
    readonly contact: Contact;
    readonly envelope: Envelope;
    readonly erasure: Erasure;
  },
): Promise<GuardedWrite[]> {
  const { customer, id } = parts.contact;
  const contact = await loadContact(tenant, customer, id);
  if (!contact) return [];
  const now = deps.now();
  const [roster, all] = await Promise.all([
    loadRoster(tenant, customer),
    listContacts(tenant, customer),
  ]);
  const heir = contact.primary ? all.find((other) => other.id !== id) : undefined;
  const left = removeContact({ roster, heir, contact }, now);
  const eventId = () => newId("event", Date.parse(now), deps.random(10));
  const event = { at: now, actor: parts.envelope.actor, customer, also: [] };
  return [
    saveRoster(tenant, customer, left.roster),
    removeContactItem(tenant, contact),
    releaseEmail(tenant, contact),
    forgetMailAddress(tenant, contact.email),
    ...(left.promoted ? [saveContact(tenant, left.promoted)] : []),
    saveEventRecord(tenant, {
      ...{ ...event, id: eventId(), type: "contact.erased", subject: id },
      data: { whole: parts.erasure.isWhole },
    }),
    // So that searches forget the old words.
    saveEventRecord(tenant, {
      ...{ ...event, id: eventId(), type: "customer.updated", subject: customer },
      data: { changed: ["billTo"] },
    }),
  ];
}

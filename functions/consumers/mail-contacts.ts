import { loadAgency } from "../../domain/agencies/agency.store.ts";
import type { Agency } from "../../domain/agencies/agency.ts";
import { isOpen } from "../../domain/billing/invoice.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { Envelope } from "../../events/envelope.ts";
import type { DocumentSource } from "../documents/document-view.ts";
import { loadDocumentSource } from "../documents/load-document.ts";
import type { Deps } from "../kit/deps.ts";
import { aboutCustomer, type CustomerLetter } from "../mail/customer-mail.ts";
import { aboutInvoice, type DocumentLetter } from "../mail/document-mail.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { sendMails } from "../mail/send-mails.ts";

export interface Told {
  readonly deps: Deps;
  readonly tenant: Tenant;
  readonly agency: Agency;
  readonly envelope: Envelope;
  /** The consumer's name: the cause of the mail, with the envelope's id. */
  readonly name: string;
}

/** Undefined: an event without an agency is nobody's to be mailed. */
export async function toldBy(
  deps: Deps,
  envelope: Envelope,
  name: string,
): Promise<Told | undefined> {
  if (!envelope.agency) return undefined;
  const tenant = await deps.tenant(envelope.agency);
  return { deps, tenant, agency: await loadAgency(tenant), envelope, name };
}

/** Mails a letter about a document that still asks for money; one that was paid meanwhile is not. */
export async function mailOpenInvoice(
  told: Told,
  letterOf: (source: DocumentSource) => DocumentLetter,
): Promise<void> {
  const { deps, tenant, agency, envelope, name } = told;
  const source = await loadDocumentSource(tenant, agency, envelope.subject);
  if (!source || !isOpen(source.invoice)) return;
  const { customer } = source;
  const contacts = await listContacts(tenant, customer.id);
  await sendMails(deps, tenant, {
    agency,
    subject: envelope.subject,
    customer: customer.id,
    cause: `${name} ${envelope.id}`,
    recipients: recipientsOf({ customer, contacts }, null),
    ...aboutInvoice(deps, source, letterOf(source)),
  });
}

export interface CustomerMail {
  readonly currency: string;
  readonly letter: (customer: Customer) => CustomerLetter;
}

export async function mailCustomer(told: Told, { currency, letter }: CustomerMail): Promise<void> {
  const { deps, tenant, agency, envelope, name } = told;
  const customer = envelope.customer && (await loadCustomer(tenant, envelope.customer));
  if (!customer) return;
  const contacts = await listContacts(tenant, customer.id);
  await sendMails(deps, tenant, {
    agency,
    subject: envelope.subject,
    customer: customer.id,
    cause: `${name} ${envelope.id}`,
    recipients: recipientsOf({ customer, contacts }, null),
    ...aboutCustomer(deps, { agency, customer }, { currency, letter: letter(customer) }),
  });
}

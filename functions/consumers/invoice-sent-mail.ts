import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadAccount } from "../../domain/customers/customer.store.ts";
import { loadDocumentSource } from "../documents/load-document.ts";
import { consumer } from "../kit/consumer.ts";
import { invoiceMail } from "../mail/document-mail.ts";
import { ownWords } from "../mail/own-words.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { sendMails } from "../mail/send-mails.ts";

const name = "invoice-sent-mail";

/** Mails the document as it stands now: what was paid meanwhile isn't asked for. */
export const mailInvoice = consumer({
  name,
  on: ["invoice.sent"],
  run: async (deps, { agency: id, subject, data, id: envelope }) => {
    if (!id) return;
    const own = ownWords.parse(data);
    const tenant = await deps.tenant(id);
    const agency = await loadAgency(tenant);
    const source = await loadDocumentSource(tenant, agency, subject);
    if (!source || source.invoice.status === "Draft" || source.invoice.status === "Canceled")
      return;
    const { customer, invoice } = source;
    const [contacts, account] = await Promise.all([
      listContacts(tenant, customer.id),
      loadAccount(tenant, customer.id),
    ]);
    const left = account.balances[invoice.currency]?.unapplied ?? 0;
    const retainerLeft =
      left > 0 || invoice.applications.some(({ retainer }) => retainer) ? left : null;
    await sendMails(deps, tenant, {
      ...{ agency, subject },
      customer: customer.id,
      cause: `${name} ${envelope}`,
      recipients: recipientsOf({ customer, contacts }, own.email ?? null),
      ...invoiceMail(deps, source, { own, retainerLeft }),
    });
  },
});

import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { loadInvoice } from "../../domain/billing/invoice.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import { consumer } from "../kit/consumer.ts";
import { oncePerCause } from "../mail/inbox.ts";
import { invoiceMail } from "../mail/invoice-mail.ts";
import { sendMail } from "../mail/mail.ts";

const textOr = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Mails the document as it stands now: what was paid meanwhile isn't asked for. */
export const mailInvoice = consumer({
  name: "invoice-sent-mail",
  on: ["invoice.sent"],
  run: async (deps, { agency: id, subject, data, id: cause }) => {
    if (!id) return;
    const tenant = await deps.tenant(id);
    const [agency, invoice] = await Promise.all([loadAgency(tenant), loadInvoice(tenant, subject)]);
    const customer = invoice && (await loadCustomer(tenant, invoice.customer));
    if (!invoice || !customer || invoice.status === "Draft") return;
    const contacts = await listContacts(tenant, customer.id);
    const own = { subject: textOr(data.subject), body: textOr(data.body) };
    const addressing = { agency, customer, contacts, email: textOr(data.email), cause };
    await oncePerCause(deps, { tenant, cause }, () =>
      sendMail(deps, addressing, invoiceMail(agency, invoice, own)),
    );
  },
});

import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadQuoteSource } from "../documents/load-quote.ts";
import { consumer } from "../kit/consumer.ts";
import { quoteMail } from "../mail/document-mail.ts";
import { ownWords } from "../mail/own-words.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { sendMails } from "../mail/send-mails.ts";

const name = "quote-sent-mail";

/** A quote that was answered or taken back meanwhile is not asked about any more. */
export const mailQuote = consumer({
  name,
  on: ["quote.sent"],
  run: async (deps, { agency: id, subject, data, id: envelope }) => {
    if (!id) return;
    const own = ownWords.parse(data);
    const tenant = await deps.tenant(id);
    const agency = await loadAgency(tenant);
    const source = await loadQuoteSource(tenant, { agency, now: deps.now() }, subject);
    if (source?.quote.status !== "Sent") return;
    const { customer } = source;
    const contacts = await listContacts(tenant, customer.id);
    await sendMails(deps, tenant, {
      ...{ agency, subject },
      customer: customer.id,
      cause: `${name} ${envelope}`,
      recipients: recipientsOf({ customer, contacts }, own.email ?? null),
      ...quoteMail(deps, source, own),
    });
  },
});

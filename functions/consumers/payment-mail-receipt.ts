import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadIntent } from "../../domain/payments/intent.store.ts";
import { loadReceiptSource } from "../documents/load-receipt.ts";
import { consumer } from "../kit/consumer.ts";
import { ownWords } from "../mail/own-words.ts";
import { receiptMail } from "../mail/payment-mail.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { sendMails } from "../mail/send-mails.ts";

const name = "payment-mail-receipt";

/** A receipt for money that came through Stripe, or whenever staff asked for one. */
export const mailReceipt = consumer({
  name,
  on: ["payment.received", "payment.receipt-asked"],
  run: async (deps, { agency: id, type, subject, data, id: envelope }) => {
    if (!id || (type === "payment.received" && data.notify !== true)) return;
    const { email = null } = ownWords.parse(data);
    const tenant = await deps.tenant(id);
    const agency = await loadAgency(tenant);
    const source = await loadReceiptSource(tenant, agency, subject);
    if (!source || source.payment.status === "Void") return;
    const { customer } = source;
    const [contacts, intent] = await Promise.all([
      listContacts(tenant, customer.id),
      loadIntent(tenant, subject),
    ]);
    await sendMails(deps, tenant, {
      ...{ agency, subject },
      customer: customer.id,
      cause: `${name} ${envelope}`,
      recipients: recipientsOf({ customer, contacts }, email),
      ...receiptMail(deps, source, intent?.charging?.left ?? null),
    });
  },
});

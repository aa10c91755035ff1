import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadReceiptSource } from "../documents/load-receipt.ts";
import { consumer } from "../kit/consumer.ts";
import { refundMail } from "../mail/payment-mail.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { sendMails } from "../mail/send-mails.ts";

const name = "payment-refunded-mail";

/** Also for refunds that began in Stripe's dashboard. One that has failed meanwhile is not told. */
export const mailRefund = consumer({
  name,
  on: ["payment.refunded"],
  run: async (deps, { agency: id, subject, data, id: envelope }) => {
    if (!id) return;
    const tenant = await deps.tenant(id);
    const agency = await loadAgency(tenant);
    const source = await loadReceiptSource(tenant, agency, subject);
    const refund = source?.payment.refunds.find((one) => one.id === data.refund);
    if (!source || !refund || refund.status === "Failed" || refund.amount === 0) return;
    const { customer } = source;
    const contacts = await listContacts(tenant, customer.id);
    await sendMails(deps, tenant, {
      ...{ agency, subject },
      customer: customer.id,
      cause: `${name} ${envelope}`,
      recipients: recipientsOf({ customer, contacts }, null),
      ...refundMail(deps, source, refund),
    });
  },
});

import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { loadInvoice } from "../../domain/billing/invoice.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { nextTry } from "../../domain/payments/charging.ts";
import { loadIntent } from "../../domain/payments/intent.store.ts";
import { isId } from "../../domain/shared/ids.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { paymentFailed } from "../../events/payment-failed.ts";
import { loadReceiptSource } from "../documents/load-receipt.ts";
import { consumer } from "../kit/consumer.ts";
import { type FailedPayment, paymentFailedMail } from "../mail/payment-mail.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { sendMails } from "../mail/send-mails.ts";

const name = "payment-failed-mail";

/** The payer learns that the money did not come, that nothing was taken, and what to do. */
export const mailFailedPayment = consumer({
  name,
  on: ["payment.failed"],
  run: async (deps, { agency: id, subject, data, at, id: envelope }) => {
    if (!id) return;
    const { failure, subjects } = paymentFailed.data.parse(data);
    const tenant = await deps.tenant(id);
    const agency = await loadAgency(tenant);
    const source = await loadReceiptSource(tenant, agency, subject);
    if (source?.payment.status !== "Failed") return;
    const { customer } = source;
    const [contacts, document, intent] = await Promise.all([
      listContacts(tenant, customer.id),
      documentOf(tenant, subjects),
      loadIntent(tenant, subject),
    ]);
    const zone = agency.settings.timeZone;
    const again = intent?.charging && nextTry(intent.charging, { failure, at, zone });
    await sendMails(deps, tenant, {
      ...{ agency, subject },
      customer: customer.id,
      cause: `${name} ${envelope}`,
      recipients: recipientsOf({ customer, contacts }, null),
      ...paymentFailedMail(deps, { source, failure, retryOn: again?.on ?? null, document }),
    });
  },
});

/** One payment may have been for several invoices; the first of them is where to try again. */
async function documentOf(
  tenant: Tenant,
  subjects: readonly string[],
): Promise<FailedPayment["document"]> {
  const first = subjects.find((one) => isId("invoice", one));
  const invoice = first && (await loadInvoice(tenant, first));
  if (!invoice?.number) return null;
  const kind = invoice.isRetainer ? "retainer" : "invoice";
  return { id: invoice.id, kind, number: invoice.number };
}

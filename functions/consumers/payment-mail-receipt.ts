import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadAccount, loadCustomer } from "../../domain/customers/customer.store.ts";
import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import { listApplications, loadPayment } from "../../domain/payments/payment.store.ts";
import { consumer } from "../kit/consumer.ts";
import { oncePerCause } from "../mail/inbox.ts";
import { sendMail } from "../mail/mail.ts";
import { receiptMail } from "../mail/receipt-mail.ts";

const linesMax = 20;

/** A receipt for money that came through Stripe, or whenever staff asked for one. */
export const mailReceipt = consumer({
  name: "payment-mail-receipt",
  on: ["payment.received", "payment.receipt-asked"],
  run: async (deps, { agency: id, type, subject, data, id: cause }) => {
    if (!id || (type === "payment.received" && data.notify !== true)) return;
    const tenant = await deps.tenant(id);
    const [agency, payment] = await Promise.all([loadAgency(tenant), loadPayment(tenant, subject)]);
    const customer = payment && (await loadCustomer(tenant, payment.customer));
    if (!payment || !customer) return;
    const applications = await listApplications(tenant, { payment: payment.id }, linesMax);
    const touched = [...applications.map(({ invoice }) => invoice), payment.retainer ?? ""];
    const [contacts, account, invoices] = await Promise.all([
      listContacts(tenant, customer.id),
      loadAccount(tenant, customer.id),
      loadInvoices(tenant, [...new Set(touched)].filter(Boolean)),
    ]);
    const email = typeof data.email === "string" ? data.email : null;
    const facts = { payment, applications: applications.reverse(), invoices, account };
    await oncePerCause(deps, { tenant, cause }, () =>
      sendMail(deps, { agency, customer, contacts, email, cause }, receiptMail(agency, facts)),
    );
  },
});

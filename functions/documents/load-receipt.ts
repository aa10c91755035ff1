import type { Agency } from "../../domain/agencies/agency.ts";
import { loadAccount, loadCustomer } from "../../domain/customers/customer.store.ts";
import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import { listApplications, loadPayment } from "../../domain/payments/payment.store.ts";
import type { Application, Payment } from "../../domain/payments/payment.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { byId } from "./load-document.ts";
import type { ReceiptSource } from "./receipt-view.ts";

/** Everything that a receipt shows; undefined: there is no such payment. */
export async function loadReceiptSource(
  tenant: Tenant,
  agency: Agency,
  id: string,
): Promise<ReceiptSource | undefined> {
  const money = await loadMoney(tenant, id);
  if (!money) return undefined;
  const { payment, applications } = money;
  const touched = [payment.retainer, ...applications.map(({ invoice }) => invoice)];
  const [customer, account, invoices] = await Promise.all([
    loadCustomer(tenant, payment.customer),
    loadAccount(tenant, payment.customer),
    loadInvoices(tenant, [...new Set(touched.filter((one) => one !== null))]),
  ]);
  if (!customer) throw new Error(`${id} is of ${payment.customer}, who is not there`);
  return { agency, customer, account, payment, applications, invoices: byId(invoices) };
}

const applicationsMax = 1_000;
const triesMax = 3;

/** Two reads: when somebody moved the money between them they are made again, until they agree. */
async function loadMoney(
  tenant: Tenant,
  id: string,
): Promise<{ payment: Payment; applications: Application[] } | undefined> {
  for (let round = 1; ; round += 1) {
    const [newestFirst, payment] = await Promise.all([
      listApplications(tenant, { payment: id }, applicationsMax),
      loadPayment(tenant, id),
    ]);
    if (!payment) return undefined;
    const applied = newestFirst.reduce((sum, { amount }) => sum + amount, 0);
    if (applied === payment.applied) return { payment, applications: newestFirst.reverse() };
    if (round === triesMax) throw new Error(`${id} and its applications keep changing`);
  }
}

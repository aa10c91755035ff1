import { creditSchema } from "../../domain/billing/credit.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import { listApplications } from "../../domain/payments/payment.store.ts";
import { type Payment, paymentNumber, paymentSchema } from "../../domain/payments/payment.ts";
import { toMajor } from "../../domain/shared/money.ts";
import type { Item } from "../../domain/shared/table.store.ts";
import { type Filter, listPage } from "../kit/listing.ts";
import { operation } from "../kit/operation.ts";
import { enter } from "./enter.ts";
import { ownListing, requireOwnPayment } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";
import { trailOf } from "./trail.ts";

export const listPayments = operation(portalRoutes.listPayments, async (call) => {
  await enter(call, "payments");
  const query = call.query();
  const listing = { ...ownListing(call, "PAY"), filters: [notVoid] };
  const page = await listPage(call.tenant, { listing, query }, (item) => paymentSchema.parse(item));
  const retainers = await loadInvoices(call.tenant, [
    ...new Set(page.docs.flatMap(({ retainer }) => retainer ?? [])),
  ]);
  return {
    status: 200,
    body: { ...page, docs: page.docs.map((payment) => paymentRow(payment, retainers)) },
  };
});

/** A mistaken entry, taken back as if it never was. */
const notVoid: Filter = {
  expression: "#row.#status <> :void",
  names: { "#row": "row", "#status": "status" },
  values: { ":void": "Void" },
};

const referenceTo = (id: string, known: readonly Invoice[]) => ({
  id,
  number: known.find((invoice) => invoice.id === id)?.number ?? null,
});

function paymentRow(payment: Payment, known: readonly Invoice[]) {
  const major = (amount: number) => toMajor(amount, payment.currency);
  const { id, currency, status, method, receivedAt, reference, retainer } = payment;
  return {
    ...{ id, number: paymentNumber(payment), currency, status, method, receivedAt, reference },
    amount: major(payment.amount),
    applied: major(payment.applied),
    refunded: major(payment.refunded),
    unapplied: major(payment.unapplied),
    retainer: retainer ? referenceTo(retainer, known) : null,
  };
}

const applicationsShownMax = 100;

export const getPayment = operation(portalRoutes.getPayment, async (call) => {
  const [payment, applications] = await Promise.all([
    requireOwnPayment(call),
    listApplications(call.tenant, { payment: call.params.id ?? "" }, applicationsShownMax),
    enter(call, "payments", { isDocument: true }),
  ]);
  const touched = [...applications.map(({ invoice }) => invoice), payment.retainer];
  const ids = [...new Set(touched.filter((id) => id !== null))];
  const known = await loadInvoices(call.tenant, ids);
  const major = (amount: number) => toMajor(amount, payment.currency);
  const retainers = known.filter(({ isRetainer }) => isRetainer);
  const trail = await trailOf(call, {
    ...{ currency: payment.currency, retainers },
    quoted: retainers.length > 0 ? retainers : known,
    payments: [{ id: payment.id, number: paymentNumber(payment), amount: payment.amount }],
    invoices: applications.map(({ invoice, amount }) => ({
      ...referenceTo(invoice, known),
      amount,
    })),
  });
  return {
    status: 200,
    body: {
      ...paymentRow(payment, known),
      trail,
      failure: payment.failure,
      applications: applications.map(({ invoice, amount, at }) => ({
        invoice: referenceTo(invoice, known),
        amount: major(amount),
        at,
      })),
      refunds: payment.refunds.map(({ amount, at, status }) => ({
        amount: major(amount),
        at,
        status,
      })),
    },
  };
});

export const listCredits = operation(portalRoutes.listCredits, async (call) => {
  const { today } = await enter(call, "credits");
  const query = call.query();
  const listing = { ...ownListing(call, "CRE"), filters: [isOut] };
  const toRow = (item: Item) => creditRow(item, today);
  return { status: 200, body: await listPage(call.tenant, { listing, query }, toRow) };
});

const isOut: Filter = {
  expression: "NOT #row.#status IN (:draft, :void)",
  names: { "#row": "row", "#status": "status" },
  values: { ":draft": "Draft", ":void": "Void" },
};

function creditRow(item: Item, today: string) {
  const credit = creditSchema.parse(item);
  const major = (amount: number) => toMajor(amount, credit.currency);
  const { id, number, status, currency, date, expiresOn } = credit;
  return {
    ...{ id, number, status, currency, date, expiresOn },
    amount: major(credit.amount),
    applied: major(credit.applied),
    balance: major(credit.balance),
    isExpired: expiresOn !== null && expiresOn < today,
  };
}

import { type Credit, creditStatusFromAmounts } from "../billing/credit.ts";
import { balanceOf, type Invoice, remainingOf, statusFromAmounts } from "../billing/invoice.ts";
import type { Account } from "../customers/account.ts";
import {
  type Application,
  isAvailable,
  type Payment,
  paymentStatusFromAmounts,
} from "../payments/payment.ts";
import { type Carried, carriedApart, expectCarried } from "./carried.ts";
import { type Claim, type Difference, differenceAt, firstDifference } from "./difference.ts";

/** All of one customer that money touches, as it stands now. */
export interface CustomerRecords {
  readonly account: Account;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly credits: readonly Credit[];
  /** The children of payments and credits: an invoice's head repeats its own. */
  readonly applications: readonly Application[];
}

/** The same, found without going through all of them for each. */
interface Indexed extends CustomerRecords {
  readonly ofSource: ReadonlyMap<string | null, readonly Application[]>;
  readonly ofInvoice: ReadonlyMap<string, readonly Application[]>;
  readonly ofRetainer: ReadonlyMap<string | null, readonly Payment[]>;
  readonly currencies: ReadonlyMap<string | null, string>;
}

function indexed(records: CustomerRecords): Indexed {
  const { invoices, payments, credits, applications } = records;
  return {
    ...records,
    ofSource: Map.groupBy(applications, ({ payment, credit }) => payment ?? credit),
    ofInvoice: Map.groupBy(applications, ({ invoice }) => invoice),
    ofRetainer: Map.groupBy(payments, ({ retainer }) => retainer),
    currencies: new Map(
      [...invoices, ...payments, ...credits].map(({ id, currency }) => [id, currency]),
    ),
  };
}

/** Every head against its applications, then all of them against what the journal says they carry. */
export function recordsDifference(
  customerRecords: CustomerRecords,
  carried: Carried,
): Difference | undefined {
  const records = indexed(customerRecords);
  const { customer } = records.account;
  const at = ({ id }: { readonly id: string }) => ({ customer, record: id });
  const ofHeads = [
    ...records.payments.map((one) => firstDifference(at(one), paymentClaims(one, records))),
    ...records.credits.map((one) => firstDifference(at(one), creditClaims(one, records))),
    ...records.invoices.map((one) => firstDifference(at(one), invoiceClaims(one, records))),
    ...records.applications.map((one) => firstDifference(at(one), applicationClaims(one, records))),
    firstDifference({ customer, record: "account" }, openClaims(records)),
  ].find((difference) => difference !== undefined);
  if (ofHeads) return ofHeads;
  const apart = carriedApart(expectedOf(records), carried);
  if (!apart) return undefined;
  const { record, field, expected, found } = apart;
  return differenceAt({ customer, record }, [`${field} in the journal`, expected, found]);
}

const isReceived = ({ status }: Payment): boolean =>
  !["Pending", "Failed", "Void"].includes(status);
const total = (amounts: readonly number[]): number => amounts.reduce((sum, one) => sum + one, 0);

function paymentClaims(payment: Payment, { ofSource }: Indexed): Claim[] {
  const { id, amount, applied, refunded, unapplied, refunds, disputes } = payment;
  const own = ofSource.get(id) ?? [];
  const received = isReceived(payment);
  const givenBack = total(refunds.flatMap((one) => (one.status === "Failed" ? [] : one.amount)));
  const lost = disputes.some(({ outcome }) => outcome === "lost");
  return [
    ["applied + refunded + unapplied", received ? amount : 0, applied + refunded + unapplied],
    ["applied", total(own.map((line) => line.amount)), applied],
    // A lost dispute takes money that no refund names.
    ["refunded", lost && received ? refunded : received ? givenBack : 0, refunded],
    ["status", received ? paymentStatusFromAmounts(payment) : payment.status, payment.status],
  ];
}

function creditClaims(credit: Credit, { ofSource }: Indexed): Claim[] {
  const { id, amount, applied, balance, status } = credit;
  const own = ofSource.get(id) ?? [];
  const usable = status !== "Draft" && status !== "Void";
  return [
    ["applied", total(own.map((line) => line.amount)), applied],
    ["balance", usable ? amount - applied : 0, balance],
    ["status", usable ? creditStatusFromAmounts(credit) : status, status],
  ];
}

function invoiceClaims(invoice: Invoice, records: Indexed): Claim[] {
  const { status, paid, drawdown } = invoice;
  const settled = status === "Draft" || status === "Canceled";
  return [
    ...(drawdown ? retainerClaims(invoice, records) : applicationsClaims(invoice, records)),
    ["paid", settled ? 0 : paid, paid],
    ["status", settled ? status : statusFromAmounts(invoice), status],
  ];
}

function applicationsClaims(invoice: Invoice, { ofInvoice }: Indexed): Claim[] {
  const own = ofInvoice.get(invoice.id) ?? [];
  const amounts = (lines: readonly { readonly id: string; readonly amount: number }[]) =>
    Object.fromEntries(lines.map(({ id, amount }) => [id, amount]));
  return [
    ["applications", amounts(own), amounts(invoice.applications)],
    ["paid", total(own.map(({ amount }) => amount)), invoice.paid],
    ["balance", Math.max(0, invoice.total - invoice.paid), invoice.total - invoice.paid],
  ];
}

/** A retainer is what the payments for it say: funded = drawn + refunded + remaining. */
function retainerClaims(retainer: Invoice, { ofRetainer }: Indexed): Claim[] {
  const funding = (ofRetainer.get(retainer.id) ?? []).filter(isReceived);
  const { funded = 0, drawn = 0, refunded = 0 } = retainer.drawdown ?? {};
  return [
    ["retainer.funded", total(funding.map(({ amount }) => amount)), funded],
    ["retainer.drawn", total(funding.map(({ applied }) => applied)), drawn],
    ["retainer.refunded", total(funding.map((one) => one.refunded)), refunded],
    ["paid", funded, retainer.paid],
    ["applications", [], retainer.applications],
  ];
}

function applicationClaims(application: Application, records: Indexed): Claim[] {
  const { payment, credit, invoice, currency, customer } = application;
  return [
    ["customer", records.account.customer, customer],
    ["currency of its money", records.currencies.get(payment ?? credit) ?? null, currency],
    ["currency of its invoice", records.currencies.get(invoice) ?? null, currency],
  ];
}

/** What automatic application reads is exactly what can be moved. */
function openClaims({ account, payments, credits, invoices }: CustomerRecords): Claim[] {
  const open = payments.filter((payment) => isAvailable(payment) && payment.unapplied > 0);
  const usable = credits.filter(
    ({ status, balance }) => ["Issued", "PartiallyApplied"].includes(status) && balance > 0,
  );
  const holding = invoices.filter(({ drawdown }) => drawdown && remainingOf(drawdown) > 0);
  return [
    [
      "openMoney",
      Object.fromEntries(open.map(({ id, unapplied }) => [id, unapplied])),
      Object.fromEntries(account.openMoney.map((one) => [one.payment, one.unapplied])),
    ],
    [
      "openCredits",
      Object.fromEntries(usable.map(({ id, balance }) => [id, balance])),
      Object.fromEntries(account.openCredits.map((one) => [one.credit, one.balance])),
    ],
    ["retainers", holding.map(({ id }) => id).sort(), [...account.retainers].sort()],
  ];
}

/** What the heads carry, had the journal been written from them: product.md's table of postings, summed. */
function expectedOf({ invoices, payments, credits }: CustomerRecords): Carried {
  const expected: Carried = new Map();
  for (const invoice of invoices) {
    const claimed =
      !invoice.isRetainer && invoice.status !== "Draft" && invoice.status !== "Canceled";
    if (!claimed) continue;
    const { tax } = invoice;
    const receivable = balanceOf(invoice);
    expectCarried(expected, invoice, { receivable, revenue: tax - invoice.total, tax: -tax });
  }
  for (const payment of payments) {
    const money = isReceived(payment) ? payment.amount - payment.refunded : 0;
    expectCarried(expected, payment, { unapplied: -payment.unapplied, money });
  }
  for (const credit of credits.filter(({ issuedAt }) => issuedAt !== null)) {
    const { amount, applied, balance, tax } = credit;
    const granted = credit.status === "Void" ? applied : amount;
    expectCarried(expected, credit, { credits: -balance, allowances: granted - tax, tax });
  }
  return expected;
}

import { expect, test } from "vitest";
import { fromMajor } from "../../../domain/shared/money.ts";
import { formatMoney } from "../../../functions/kit/format.ts";
import { aShell } from "../../support/shell.ts";
import { aCustomer, askForPdf, lastMail, pdfText, plain } from "./reading.ts";

/** Protects: a total that differs between JSON, PDF and mail is impossible. */
const currencies = ["USD", "JPY", "KWD", "EUR"] as const;
type Currency = (typeof currencies)[number];
const locales = { USD: "en-US", JPY: "fr-FR", KWD: "es-ES", EUR: "de-DE" } as const;

const item = (price: number, quantity = 1) => ({ name: "Work", quantity, price });
const vat = { name: "VAT", rate: 19 };
const contents = {
  plain: { items: [item(1000)] },
  "with fractions and a discount": {
    items: [item(333, 1.5), { ...item(77), discount: { type: "percent", value: 12.5 } }],
    discount: { type: "percent", value: 3.3333 },
  },
  "with two taxes added": {
    items: [item(999), { ...item(501), taxes: [vat, { name: "City", rate: 1.5 }] }],
    taxes: [vat],
  },
  "with tax within": { items: [item(1190)], taxes: [vat], taxIncluded: true },
  "with a charge": { items: [item(1000)], extraCharges: [{ name: "Travel", amount: 123 }] },
} as const;

const payments = ["nothing", "a part by retainer", "two retainers", "cash", "credit"] as const;
type PaidBy = (typeof payments)[number];

/** Each content paid in each way; the currencies take turns, so that each meets all of them. */
const grid = (Object.keys(contents) as (keyof typeof contents)[]).flatMap((content, row) =>
  payments.map((paidBy, column) => {
    const currency = currencies[(row + column) % currencies.length] ?? "USD";
    return [currency, content, paidBy] as const;
  }),
);

const shell = await aShell();
const { call } = shell;

async function fund(customer: string, currency: Currency, price: number) {
  const terms = { customer, currency, isRetainer: true, status: "Unpaid", items: [item(price)] };
  const { body } = await call("POST", "/v1/invoices", terms);
  await call("POST", `/v1/invoices/${body.id}/payments`, { method: "Cash" });
}

async function prepare(customer: string, currency: Currency, paidBy: PaidBy) {
  if (paidBy === "a part by retainer") await fund(customer, currency, 321);
  if (paidBy === "two retainers") {
    await fund(customer, currency, 100);
    await fund(customer, currency, 5_000);
  }
  if (paidBy === "credit") {
    const { body } = await call("POST", "/v1/credits", { customer, currency, amount: 50 });
    await call("POST", `/v1/credits/${body.id}/issue`, {});
  }
}

async function anInvoice(currency: Currency, content: keyof typeof contents, paidBy: PaidBy) {
  const customer = await aCustomer(shell, { lang: locales[currency] });
  await prepare(customer, currency, paidBy);
  const terms = { ...contents[content], customer, currency, date: "2027-03-01" };
  const { body } = await call("POST", "/v1/invoices", terms);
  await call("POST", `/v1/invoices/${body.id}/send`, {});
  if (paidBy === "cash") {
    const cash = { amount: 200, method: "Cash" };
    await call("POST", `/v1/invoices/${body.id}/payments`, cash);
  }
  return body.id as string;
}

const labels = {
  "en-US": { total: "Total", toPay: "To pay" },
  "fr-FR": { total: "Total", toPay: "À payer" },
  "es-ES": { total: "Total", toPay: "A pagar" },
  "de-DE": { total: "Gesamt", toPay: "Zu zahlen" },
} as const;

test.each(grid)("in %s, an invoice %s, paid by %s", async (currency, content, paidBy) => {
  const id = await anInvoice(currency, content, paidBy);
  await shell.deliver();
  const [{ body: json }, { bytes }, mail] = await Promise.all([
    call("GET", `/v1/invoices/${id}`),
    askForPdf(shell, id),
    lastMail(shell),
  ]);
  const locale = locales[currency];
  const label = labels[locale];
  const written = (major: number): string => {
    const minor = fromMajor(major, currency);
    if (!minor.ok) throw new Error(minor.detail);
    return plain(formatMoney(minor.amount, currency, locale));
  };
  const paper = pdfText(bytes);
  const letter = plain(mail.text);
  const page = plain(mail.html);
  const attached = pdfText(mail.files[0]?.content ?? new Uint8Array());
  expect(attached).toBe(paper);
  const rest = written(json.balance);
  const total = written(json.total);
  expect(paper).toMatch(line(label.toPay, rest));
  expect(letter).toMatch(line(`${label.toPay}:`, rest));
  expect(page).toContain(`>${rest}</td>`);
  expect(paper).toMatch(line(label.total, total));
  if (json.paid > 0 || json.tax > 0) expect(letter).toMatch(line(`${label.total}:`, total));
  const sources = Map.groupBy(json.applications as Applied[], sourceOf);
  for (const applications of sources.values()) {
    const drawn = written(
      -applications.reduce((sum, { amount }) => sum + minorOf(amount), 0) / 1e3,
    );
    for (const form of [paper, letter, page]) expect(form).toContain(drawn);
  }
  const figures = [json.subTotal, ...json.taxTotals.map((tax: Applied) => tax.amount)];
  if (json.discountTotal > 0) figures.push(-json.discountTotal);
  if (json.tax + json.extraTotal + json.discountTotal > 0) {
    for (const figure of figures.map(written)) {
      for (const form of [paper, letter, page]) expect(form).toContain(figure);
    }
  }
});

interface Applied {
  readonly amount: number;
  readonly payment?: string;
  readonly credit?: string;
  readonly retainer: { readonly id: string } | null;
}

const sourceOf = ({ retainer, payment, credit }: Applied) => retainer?.id ?? payment ?? credit;
/** Thousandths: fine enough for every currency here, and whole, so that sums are exact. */
const minorOf = (major: number): number => Math.round(major * 1e3);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const line = (label: string, figure: string) =>
  new RegExp(`^${escaped(label)} ${escaped(figure)}$`, "m");

test("the grid is not all of one kind", async () => {
  const { body } = await call("GET", "/v1/invoices?isRetainer=false&limit=100");
  const statuses = new Set(body.docs.map(({ status }: { status: string }) => status));
  expect([...statuses].sort()).toEqual(["Paid", "Partial", "Unpaid"]);
  expect(body.total).toBe(grid.length);
});

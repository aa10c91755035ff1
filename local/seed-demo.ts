import { epochMsOf, instantOfMs } from "../domain/shared/calendar.ts";
import type { Clock } from "./clock.ts";
import type { Api } from "./seed.ts";
import { demoDocuments } from "./seed-files.ts";

export const pastDays = 84;
export const dayMs = 86_400_000;

interface Story {
  readonly settle: () => Promise<void>;
  readonly clock: Clock;
  /** The present, to which the demo's past leads. */
  readonly end: string;
}

const line = (name: string, price: number, quantity = 1) => ({ name, quantity, price });

/** Twelve weeks of Northwind Studio: what was quoted, paid ahead, drawn down, and what is open now. */
export async function demoData(api: Api, { settle, clock, end }: Story): Promise<void> {
  const instantBefore = (days: number) => instantOfMs(epochMsOf(end) - days * dayMs);
  const dayBefore = (days: number) => instantBefore(days).slice(0, 10);
  // What an instant caused has happened before the next: Stripe's signatures are judged by this clock.
  const at = async (days: number): Promise<void> => {
    await settle();
    clock.moveTo(instantBefore(days));
  };
  await api("PATCH", "/v1/agency", { settings });
  const acme = await customer(api, { company: "Acme Ltd", email: "pay@acme.example" });
  const bill = (to: string, items: object[], over: object = {}) =>
    api("POST", "/v1/invoices", { customer: to, items, status: "Unpaid", ...over });
  const transfer = { method: "BankTransfer", reference: "ACME 4711" };

  const quarter = { isRetainer: true, items: [line("Quarterly retainer", 5000)] };
  const quote = await api("POST", "/v1/quotes", {
    ...{ customer: acme, ...quarter, validUntil: dayBefore(70) },
  });
  await api("POST", `/v1/quotes/${quote.id}/send`, {});
  await at(82);
  const { invoice: first } = await api("POST", `/v1/quotes/${quote.id}/approve`, { by: "Ann Lee" });
  await at(79);
  await demoDocuments(api, acme);
  await api("POST", `/v1/invoices/${first}/payments`, transfer);
  await at(66);
  await bill(acme, [line("Brand workshop", 1600, 2)]);
  await at(47);
  const design = await bill(acme, [line("Website design", 125, 20)]);
  await at(41);
  await api("POST", `/v1/invoices/${design.id}/payments`, transfer);
  const second = await bill(acme, [line("Quarterly retainer", 6000)], { isRetainer: true });
  await payByCard(api, second.id);
  await at(31);
  await bill(acme, [line("Content plan", 1450)]);
  await at(20);
  const vat = [{ name: "VAT", rate: 20 }];
  await bill(acme, [line("Print: 500 brochures", 420)], { taxes: vat, autoApply: "off" });
  await at(16);
  await bill(acme, [line("Photo shoot", 490.25, 2)]);
  await at(9);
  await others(api, bill);
  await at(5);
  await bill(acme, [line("Website care", 80, 8)]);
  await at(2);
  const goodwill = { customer: acme, amount: 120, currency: "USD", reason: "Late delivery" };
  const credit = await api("POST", "/v1/credits", goodwill);
  await api("POST", `/v1/credits/${credit.id}/issue`, {});
  const refresh = await api("POST", "/v1/quotes", {
    ...{ customer: acme, isRetainer: true, validUntil: dayBefore(-14) },
    items: [line("Brand refresh, paid ahead", 3000)],
  });
  await api("POST", `/v1/quotes/${refresh.id}/send`, {});
  await api("POST", "/v1/recurring-invoices", {
    template: { customer: acme, isRetainer: true, items: [line("Retainer for {month}", 2000)] },
    ...{ frequency: "monthly", startOn: dayBefore(-10), status: "Active", autoBill: "optIn" },
  });
  await at(0);
}

const settings = {
  clientInitiatedPayments: { enabled: true, minimum: 50, recurring: true },
  underPayment: { allowed: true, minimum: 100 },
};

/** As the customer does on Stripe's page; the card is kept for later. */
async function payByCard(api: Api, invoice: string): Promise<void> {
  const page = {
    successUrl: "https://acme.example",
    cancelUrl: "https://acme.example",
    save: true,
  };
  const { url } = await api("POST", `/v1/invoices/${invoice}/checkout`, page);
  const card = { number: "4242424242424242", exp: "12/34", cvc: "123", name: "Ann Lee" };
  await fetch(url, { method: "POST", body: new URLSearchParams(card), redirect: "manual" });
}

type Bill = (to: string, items: object[], over?: object) => Promise<unknown>;

async function others(api: Api, bill: Bill): Promise<void> {
  const birch = await customer(api, { company: "Birch & Sons", email: "office@birch.example" });
  await bill(birch, [line("Hosting", 49.9, 12)], { taxes: [{ name: "VAT", rate: 20 }] });
  const cora = await customer(api, {
    ...{ firstName: "Cora", lastName: "Díaz", email: "cora@diaz.example" },
  });
  await bill(cora, [line("Monthly retainer", 1200)], { isRetainer: true });
}

async function customer(api: Api, billTo: Record<string, string>): Promise<string> {
  const { id } = await api("POST", "/v1/customers", { billTo });
  await api("POST", `/v1/customers/${id}/contacts`, {
    firstName: billTo.firstName ?? "Ann",
    lastName: billTo.lastName ?? "Lee",
    email: billTo.email,
  });
  return id;
}

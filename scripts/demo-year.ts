import { base, type Client, clientOf, column, type Json, readyOf } from "./demo-client.ts";

const months = 12;
const good = "4242424242424242";
/** Is saved, and declines whenever it is charged. */
const failing = "4000000000000341";

interface Player {
  readonly name: string;
  readonly customer: string;
}

interface Stage {
  readonly call: Client;
  /** The agency's day. */
  readonly today: string;
  /** Sets later names apart from those of an earlier demo. */
  readonly mark: string;
}

/** A year of an agency by the local clock: everything is charged, drawn and asked for by itself. */
export async function playYear(): Promise<void> {
  const ready = await readyOf();
  const call = clientOf(ready);
  const stage = { call, today: ready.now.slice(0, 10), mark: ready.now.slice(0, 16) };
  const players = [
    await monthlyRetainer(stage),
    await quarterlyRetainer(stage),
    await failingCard(stage),
    await fortnightlyPrepayment(stage),
    await evergreen(stage),
  ];
  console.log(
    "What waits on each retainer at the end of each month, and what is outstanding in all:",
  );
  console.log(
    `${" ".repeat(12)}${players.map(({ name }) => name.padStart(12)).join("")} outstanding`,
  );
  for (let month = 1; month <= months; month += 1) {
    const { now } = await control("/clock", { advance: "P1M" });
    await printRow(call, players, String(now).slice(0, 10));
  }
  await printClosing(call, players);
}

async function control(path: string, body: object): Promise<Json> {
  const answer = await fetch(`${base}/__local${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function printRow(call: Client, players: readonly Player[], day: string): Promise<void> {
  const all = await Promise.all(players.map(({ customer }) => balanceOf(call, customer)));
  const owed = all.reduce((sum, { outstanding }) => sum + outstanding, 0);
  const cells = all.map(({ unapplied }) => ` ${column(unapplied)}`).join("");
  console.log(`${day.padEnd(12)}${cells} ${column(owed)}`);
}

async function balanceOf(call: Client, customer: string) {
  const { balances } = await call("GET", `/v1/customers/${customer}/balance`);
  const { outstanding = 0, unapplied = 0 } = balances[0] ?? {};
  return { outstanding, unapplied };
}

async function printClosing(call: Client, players: readonly Player[]): Promise<void> {
  console.log("\nIssued and received in the year:");
  for (const { name, customer } of players) {
    const [invoices, payments] = await Promise.all([
      call("GET", `/v1/invoices?customer=${customer}&limit=1`),
      call("GET", `/v1/payments?customer=${customer}&limit=1`),
    ]);
    console.log(`${name.padEnd(12)} ${invoices.total} documents, ${payments.total} payments`);
  }
}

/** A customer, a contact, and a card that the contact saves on Stripe's page. */
async function player({ call, mark }: Stage, name: string, card: string): Promise<Player> {
  const email = `${name.toLowerCase()}-${mark.replace(/\D/g, "")}@year.example`;
  const customer = (await call("POST", "/v1/customers", { billTo: { company: name, email } })).id;
  const contact = await call("POST", `/v1/customers/${customer}/contacts`, {
    ...{ firstName: name, lastName: "Lee", email, primary: true, receivesMail: true, portal: true },
  });
  const path = `/v1/customers/${customer}/contacts/${contact.id}/portal-link`;
  const { url } = await call("POST", path, {});
  await saveCard(String(url).split("#token=")[1] ?? "", card);
  return { name, customer };
}

async function saveCard(token: string, number: string): Promise<void> {
  const headers = { "content-type": "application/json", "x-portal": "1" };
  const session = await fetch(`${base}/portal/session`, {
    ...{ method: "POST", headers, body: JSON.stringify({ token }) },
  });
  const cookie = (session.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const asked = await fetch(`${base}/portal/payment-methods`, {
    ...{ method: "POST", headers: { ...headers, cookie }, body: "{}" },
  });
  const { url } = (await asked.json()) as { url: string };
  const body = new URLSearchParams({ number, exp: "12/79", cvc: "123", name: "Ann Lee" });
  const saved = await fetch(url, { method: "POST", body, redirect: "manual" });
  if (saved.status !== 303) throw new Error(`Stripe's page answered ${saved.status}`);
  await control("/settle", {});
}

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Apart enough that no short month brings both on one day: money that comes later is not drawn by itself. */
const workDays = 6;

/** Retainers from tomorrow on, charged when issued; work is billed days later and drawn from them. */
async function schedule(
  { call, today }: Stage,
  { customer }: Player,
  terms: { name: string; price: number; frequency: string; isRetainer?: boolean },
): Promise<void> {
  const { name, price, frequency, isRetainer = false } = terms;
  await call("POST", "/v1/recurring-invoices", {
    template: { customer, isRetainer, items: [{ name: `${name}, {month}`, quantity: 1, price }] },
    ...{ frequency, startOn: daysAfter(today, isRetainer ? 1 : workDays), status: "Active" },
    ...(isRetainer ? { autoBill: "always", autoBillOn: "issue" } : {}),
  });
}

async function monthlyRetainer(stage: Stage): Promise<Player> {
  const made = await player(stage, "Brightline", good);
  const retainer = { name: "Retainer", price: 3000, frequency: "monthly", isRetainer: true };
  await schedule(stage, made, retainer);
  await schedule(stage, made, { name: "Design", price: 2600, frequency: "monthly" });
  return made;
}

async function quarterlyRetainer(stage: Stage): Promise<Player> {
  const made = await player(stage, "Fjordline", good);
  const retainer = { name: "Retainer", price: 1200, frequency: "threeMonths", isRetainer: true };
  await schedule(stage, made, retainer);
  await schedule(stage, made, { name: "Hosting", price: 350, frequency: "monthly" });
  return made;
}

/** Its bank declines every time: each retainer is tried four times and then left to the contact. */
async function failingCard(stage: Stage): Promise<Player> {
  const made = await player(stage, "Lastpenny", failing);
  const retainer = { name: "Retainer", price: 500, frequency: "threeMonths", isRetainer: true };
  await schedule(stage, made, retainer);
  return made;
}

async function fortnightlyPrepayment(stage: Stage): Promise<Player> {
  const made = await player(stage, "Fortnight", good);
  await stage.call("POST", "/v1/prepayments", {
    ...{ customer: made.customer, amount: 250, frequency: "twoWeeks" },
    startOn: daysAfter(stage.today, 1),
  });
  return made;
}

/** At 500.00 or below the saved card fills the retainer up to 3,000.00. */
async function evergreen(stage: Stage): Promise<Player> {
  const made = await player(stage, "Evergreen", good);
  const { call } = stage;
  const { customer } = made;
  await call("PUT", `/v1/customers/${customer}/top-up?currency=USD`, {
    ...{ threshold: 500, target: 3000, action: "charge", monthlyCap: 10_000 },
  });
  const money = { customer, amount: 3000, currency: "USD", method: "BankTransfer" };
  await call("POST", "/v1/payments", money);
  await schedule(stage, made, { name: "Care", price: 1_400, frequency: "monthly" });
  return made;
}

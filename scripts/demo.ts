/**
 * Plays the retainer loop against a running system (`npm start`) and prints every step with the balances;
 * with --year a year of schedules, month by month.
 */
import { base, type Client, clientOf, column, dollars, type Json, readyOf } from "./demo-client.ts";
import { playYear } from "./demo-year.ts";

async function main(): Promise<void> {
  const ready = await readyOf();
  const call = clientOf(ready);
  const { customer, retainer } = await askForRetainer(call);
  const say = speaker(call, customer);
  await say(`${retainer.number} asks for ${dollars(retainer.total)} in advance`);
  await payByCard(call, { invoice: retainer.id, now: ready.now });
  await say("Paid by card on Stripe's page: the money waits, unapplied");
  await say(sentenceOf(await bill(call, customer, 3200)));
  await say(sentenceOf(await bill(call, customer, 2500)));
  await printJournal(call, customer);
}

/** What an issued invoice drew from the retainer, as the API tells it. */
function sentenceOf({ number, total, status, balance, applications }: Json): string {
  const fromRetainer = applications.filter(({ retainer }: Json) => retainer);
  const drawn = fromRetainer.reduce((sum: number, { amount }: Json) => sum + amount, 0);
  const share = balance === 0 && drawn === total ? "paid" : dollars(drawn);
  return `${number} over ${dollars(total)} is ${status}: ${share} from the retainer`;
}

async function askForRetainer(call: Client) {
  const made = await call("POST", "/v1/invoices", {
    isRetainer: true,
    customer: { internalId: `demo-${Date.now()}`, billTo: { company: "Acme Ltd" } },
    items: [{ name: "Monthly Retainer", quantity: 1, price: 5000 }],
    status: "Draft",
  });
  const retainer = await call("POST", `/v1/invoices/${made.id}/mark-sent`, {});
  return { customer: made.customer as string, retainer };
}

async function payByCard(
  call: Client,
  { invoice, now }: { readonly invoice: string; readonly now: string },
): Promise<void> {
  const page = await call("POST", `/v1/invoices/${invoice}/checkout`, {
    successUrl: `${base}/`,
    cancelUrl: `${base}/`,
  });
  const exp = `12/${Number(now.slice(0, 4)) + 3}`;
  const card = { number: "4242424242424242", exp, cvc: "123", name: "Ann Lee" };
  const paid = await fetch(page.url, {
    method: "POST",
    body: new URLSearchParams(card),
    redirect: "manual",
  });
  if (paid.status !== 303) throw new Error(`the checkout page answered ${paid.status}`);
  await fetch(`${base}/__local/settle`, { method: "POST" });
}

const bill = (call: Client, customer: string, price: number): Promise<Json> =>
  call("POST", "/v1/invoices", {
    customer,
    items: [{ name: "Work", quantity: 1, price }],
    status: "Unpaid",
  });

function speaker(call: Client, customer: string) {
  console.log(`${" ".repeat(66)} outstanding    retainer`);
  return async (text: string): Promise<void> => {
    const { balances } = await call("GET", `/v1/customers/${customer}/balance`);
    const { outstanding = 0, unapplied = 0 } = balances[0] ?? {};
    console.log(`${text.padEnd(66)} ${column(outstanding)} ${column(unapplied)}`);
  };
}

async function printJournal(call: Client, customer: string): Promise<void> {
  const { docs } = await call("GET", `/v1/customers/${customer}/journal`);
  console.log("\nThe journal, oldest first:");
  for (const record of docs) {
    console.log(`${record.seq}  ${record.type.padEnd(18)} ${record.memo}`);
    for (const { account, amount } of record.postings) {
      console.log(`     ${account.padEnd(12)} ${column(amount)}`);
    }
  }
}

await (process.argv.includes("--year") ? playYear() : main());

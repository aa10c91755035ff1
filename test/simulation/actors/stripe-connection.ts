import type { Answer } from "../api.ts";
import { Broken } from "../broken.ts";
import { type Head, headsOf } from "../checks/heads.ts";
import type { Payment } from "../model/books.ts";
import type { Operation } from "../operation.ts";
import type { FollowEvent, World } from "../world.ts";

/** The agency's account at Stripe, and the methods that are saved there. */
export const connection: readonly Operation[] = [
  { name: "stripe-disconnects", weight: 0.7, run: disconnect },
  { name: "connect-stripe", weight: 4, run: connectAgain },
  { name: "method-removed-at-stripe", weight: 1, run: detach },
  { name: "card-replaced", weight: 3, isTimed: true, run: replaceCard },
];

/** Only an account that is ours, and known to be ready, takes money. */
export const mayCharge = ({ facts }: World): boolean =>
  facts.account !== "" && facts.isReady && !facts.lost.has(facts.account);

/** Whoever wants to pay or to charge is refused where nothing can be charged. */
export function isCutOff(world: World, { status }: Answer): boolean {
  if (mayCharge(world)) return false;
  if (status < 300) throw new Broken("Stripe is asked, though no account can charge");
  return true;
}

export function requireChargeable(world: World, method: string): void {
  if (!mayCharge(world)) throw new Broken("a charge is begun without an account");
  if (world.facts.removed.has(method)) throw new Broken(`${method} was removed and is charged`);
}

/** It waits for money on an account that is the agency's no more. */
export const isStranded = ({ facts }: World, { id, state }: Payment): boolean =>
  state === "Pending" && facts.intents.get(id)?.account !== facts.account;

/** The account's owner takes our access away; webhooks or the daily look tell of it. */
async function disconnect(world: World): Promise<void> {
  const { facts, stripe } = world;
  if (facts.account === "" || facts.lost.has(facts.account)) return;
  stripe.standIn.control.deauthorize(facts.account);
  facts.lost.add(facts.account);
}

async function connectAgain(world: World): Promise<void> {
  if (!mayCharge(world)) await connect(world);
}

/** Another account after each that is gone; asked again, the same one's onboarding goes on. */
export async function connect(world: World): Promise<void> {
  const { facts, stripe } = world;
  const { body } = await world.ask(world.staff, "POST", "/v1/stripe/connect", {});
  const { body: known } = await world.ask(world.staff, "GET", "/v1/stripe/account");
  const isGone = facts.account === "" || facts.lost.has(facts.account);
  const isRight = isGone ? !facts.lost.has(known.account) : facts.account === known.account;
  if (!known.account || !isRight) {
    throw new Broken(`${known.account} is connected after ${facts.account}`);
  }
  Object.assign(facts, { account: known.account, isReady: known.chargesEnabled });
  await stripe.fillIn(body.url, {});
}

async function someMethod(world: World): Promise<Head | undefined> {
  const { dice, facts, stripe, storage } = world;
  if (!mayCharge(world)) return undefined;
  const known = headsOf(storage.mirror, "CUS").filter(
    (one) => one.stripe?.account === facts.account,
  );
  const owner = dice.maybe(known)?.stripe.customer;
  if (!owner) return undefined;
  const { data } = await stripe.look(facts.account, `/v1/customers/${owner}/payment_methods`);
  return dice.maybe((data ?? []) as Head[]);
}

async function detach(world: World): Promise<void> {
  const method = await someMethod(world);
  if (!method) return;
  world.note(`  ${method.id}`);
  await world.stripe.act(world.facts.account, `/v1/payment_methods/${method.id}/detach`);
  world.facts.removed.add(method.id);
}

/** Its bank says until when the card is good: it may be over soon, or be over. */
async function replaceCard(world: World): Promise<void> {
  const { dice, clock, stripe } = world;
  const method = await someMethod(world);
  if (!method?.card) return;
  const now = new Date(clock.nowMs());
  const months = now.getUTCFullYear() * 12 + now.getUTCMonth() + dice.pick([-1, -1, 0, 1, 2]);
  const until = { expMonth: (months % 12) + 1, expYear: Math.floor(months / 12) };
  world.note(`  ${method.id} ${JSON.stringify(until)}`);
  stripe.standIn.control.updateCard({ paymentMethod: method.id, ...until });
}

/** What the agency is told of its account is so. */
export const followConnection: Readonly<Record<string, FollowEvent>> = {
  "agency.stripe-changed": ({ facts }, { data }) => {
    if (data?.account !== facts.account) throw new Broken(`${data?.account} is not connected`);
    facts.isReady = data?.chargesEnabled === true;
  },
  "agency.stripe-disconnected": ({ facts }, { data }) => {
    const isTrue = data?.account === facts.account && facts.lost.has(facts.account);
    if (!isTrue) throw new Broken(`${data?.account} is taken from the agency`);
    Object.assign(facts, { account: "", isReady: false });
  },
  "payment-method.expiring": ({ facts, timeZone }, { data, at, subject }) => {
    const until = `${data?.expYear}-${String(data?.expMonth).padStart(2, "0")}`;
    const told = `${subject} ${data?.paymentMethod} until ${until}`;
    const month = new Intl.DateTimeFormat("sv-SE", { timeZone }).format(Date.parse(at)).slice(0, 7);
    if (month < until) throw new Broken(`${told} is announced too early`);
    if (facts.told.has(told)) throw new Broken(`${told} is announced twice`);
    facts.told.add(told);
  },
};

import { Broken } from "./broken.ts";
import type { World } from "./world.ts";

/** An agency as it begins: its settings, and a Stripe account that can charge. */
export async function setUp(world: World): Promise<void> {
  const { dice, facts, stripe, bus } = world;
  const settings = {
    attachPdf: false,
    // At two the clocks of many zones change.
    sendHour: dice.pick([6, 6, 2, 0, 23]),
    autoApply: dice.pick(["always", "always", "ask"]),
    useCredits: dice.pick(["always", "always", "off"]),
    underPayment: { allowed: true, minimum: 0 },
    clientInitiatedPayments: { enabled: true, minimum: 0 },
    ...(dice.chance(0.3) ? { numbering: yearly } : {}),
  };
  const changed = await world.ask(world.staff, "PATCH", "/v1/agency", { settings });
  if (changed.status !== 200) throw new Broken(JSON.stringify(changed.body));
  facts.settings = { ...facts.settings, ...settings };
  const { body } = await world.ask(world.staff, "POST", "/v1/stripe/connect", {});
  await stripe.fillIn(body.url, {});
  await stripe.standIn.runDue();
  await bus.deliver(1);
  const connected = await world.ask(world.staff, "GET", "/v1/stripe/account");
  facts.account = connected.body.account;
  if (!facts.account) throw new Broken("no Stripe account was connected");
}

const yearly = {
  ...{ invoice: "INV-{year}-{0000}", retainer: "RET-{year}-{0000}" },
  ...{ quote: "QUO-{year}-{0000}", credit: "CRE-{year}-{0000}", yearlyReset: true },
};

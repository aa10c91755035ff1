import { connect } from "./actors/stripe-connection.ts";
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
    dueDays: dice.pick([14, 2, 0]),
    reminders,
    ...(dice.chance(0.3) ? { numbering: yearly } : {}),
  };
  const later = {
    lateFee: dice.pick([null, { type: "amount", value: 25 }, { type: "percent", value: 7.5 }]),
    lowBalance: dice.pick([null, 1_000]),
    topUp: dice.pick([null, null, { threshold: 500, amount: 2_000 }]),
  };
  const changed = await world.ask(world.staff, "PATCH", "/v1/agency", {
    settings: { ...settings, ...laterSettings(later) },
  });
  if (changed.status !== 200) throw new Broken(JSON.stringify(changed.body));
  facts.settings = { ...facts.settings, ...settings, ...inCents(later) };
  await connect(world);
  await stripe.standIn.runDue();
  await bus.deliver(1);
  if (!facts.isReady) throw new Broken("no Stripe account was connected");
}

interface Later {
  readonly lateFee: { readonly type: string; readonly value: number } | null;
  readonly lowBalance: number | null;
  readonly topUp: { readonly threshold: number; readonly amount: number } | null;
}

const feeDays = 1;
const reminders = [
  { when: "before", days: 1 },
  { when: "after", days: 2 },
] as const;

const laterSettings = ({ lateFee, lowBalance, topUp }: Later) => ({
  lateFee: lateFee && { ...lateFee, days: feeDays },
  retainer: { lowBalance, topUp },
});

/** The agency works in dollars. */
const inCents = ({ lateFee, lowBalance, topUp }: Later) => ({
  lateFee: lateFee && { ...lateFee, days: feeDays },
  lowBalance: lowBalance === null ? null : 100 * lowBalance,
  topUp: topUp && { threshold: 100 * topUp.threshold, amount: 100 * topUp.amount },
});

const yearly = {
  ...{ invoice: "INV-{year}-{0000}", retainer: "RET-{year}-{0000}" },
  ...{ quote: "QUO-{year}-{0000}", credit: "CRE-{year}-{0000}", yearlyReset: true },
};

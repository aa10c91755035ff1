import type { Agency } from "../../../domain/agencies/agency.ts";
import type { Account } from "../../../domain/customers/account.ts";
import { loadAccount } from "../../../domain/customers/customer.store.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { listTopUps, loadTopUp, saveTopUp } from "../../../domain/retainers/top-up.store.ts";
import {
  levelOf,
  newTopUp,
  setRule,
  type TopUp,
  type TopUpRule,
} from "../../../domain/retainers/top-up.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Tenant } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { agencyRule } from "../../retainers/agency-rule.ts";
import { requireCustomer, requireParty } from "../billing/party.ts";
import { requireLiving } from "../recurring/customer.ts";
import { topUpRoutes } from "./routes.ts";

interface Watched {
  readonly customer: Customer;
  readonly currency: Currency;
  readonly agency: Agency;
  readonly known: TopUp | undefined;
}

async function watchedBy(call: Call, asked: Currency | undefined): Promise<Watched> {
  const [customer, agency] = await Promise.all([
    requireCustomer(call, call.params.id ?? ""),
    call.agency(),
  ]);
  const currency = asked ?? customer.currency ?? agency.settings.currency;
  const known = await loadTopUp(call.tenant, { customer: customer.id, currency });
  return { customer, currency, agency, known };
}

const unknown = () => new Refused(refuse("top-up.not-found", "There is no top-up rule."));

export const getTopUp = operation(topUpRoutes.getTopUp, async (call) => {
  const watched = await watchedBy(call as unknown as Call, call.query().currency);
  const rule = watched.known?.rule ?? agencyRule(watched.agency, watched.currency);
  if (!rule) throw unknown();
  return { status: 200, body: viewOf(watched, watched.known, rule) };
});

/** Replaces the rule. It strikes only after the balance was above its threshold. */
export const putTopUp = operation(topUpRoutes.putTopUp, async (call) => {
  const any = call as unknown as Call;
  const party = await requireParty(any, call.params.id ?? "");
  const body = call.body();
  const watched = await watchedBy(any, call.query().currency);
  const { customer, currency, known } = watched;
  requireLiving(customer);
  if (known) call.requireVersion(known);
  else await requireRoom(call.tenant, customer);
  const rule = ruleFrom(body, currency);
  const account = await loadAccount(call.tenant, customer.id);
  const id = newId("topUp", Date.parse(call.now), call.deps.random(10));
  const before = known ?? newTopUp({ id, customer: customer.id, currency }, call.now);
  const topUp = setRule(before, rule, startOf(call, watched, account));
  const event = { type: "top-up.changed", subject: topUp.id, customer: customer.id };
  return {
    status: 200,
    body: viewOf(watched, topUp, rule),
    writes: [
      ...party.writes,
      saveTopUp(call.tenant, topUp),
      eventOf(call, { ...event, data: { currency } }),
    ],
  };
});

/** Nobody pays in more, and a customer goes with all of its rules in one transaction. */
const watchedMax = 10;

async function requireRoom(tenant: Tenant, { id }: Customer): Promise<void> {
  if ((await listTopUps(tenant, id)).length < watchedMax) return;
  const detail = `A customer is watched in at most ${watchedMax} currencies.`;
  throw new Refused(refuse("request.invalid", detail));
}

/** From where the rule that applies now watches the balance. */
const startOf = ({ now }: Pick<Call, "now">, { agency, currency }: Watched, account: Account) => ({
  now,
  level: levelOf(account, currency),
  agencyRule: agencyRule(agency, currency),
});

function ruleFrom(
  body: ReturnType<Call<typeof topUpRoutes.putTopUp>["body"]>,
  currency: Currency,
): TopUpRule {
  const minor = minorUnitsOf(currency);
  const orNull = (value: number | null | undefined, name: string) =>
    typeof value === "number" ? minor(value, `#/${name}`) : null;
  const rule = {
    threshold: minor(body.threshold, "#/threshold"),
    amount: orNull(body.amount, "amount"),
    target: orNull(body.target, "target"),
    action: body.action,
    monthlyCap: orNull(body.monthlyCap, "monthlyCap"),
    lowBalance: orNull(body.lowBalance, "lowBalance"),
  };
  throwProblems(minor);
  return rule;
}

export const deleteTopUp = operation(topUpRoutes.deleteTopUp, async (call) => {
  const any = call as unknown as Call;
  await requireCustomer(any, call.params.id ?? "");
  call.body();
  const watched = await watchedBy(any, call.query().currency);
  const { customer, currency, known } = watched;
  if (!known?.rule) throw unknown();
  call.requireVersion(known);
  const account = await loadAccount(call.tenant, customer.id);
  const topUp = setRule(known, null, startOf(call, watched, account));
  const event = { type: "top-up.removed", subject: topUp.id, customer: customer.id };
  return {
    status: 204,
    writes: [saveTopUp(call.tenant, topUp), eventOf(call, { ...event, data: { currency } })],
  };
});

function viewOf(
  { customer, currency }: Pick<Watched, "customer" | "currency">,
  topUp: TopUp | undefined,
  rule: TopUpRule,
) {
  const major = (amount: number | null) => (amount === null ? null : toMajor(amount, currency));
  return {
    customer: customer.id,
    currency,
    isDefault: !topUp?.rule,
    threshold: toMajor(rule.threshold, currency),
    amount: major(rule.amount),
    target: major(rule.target),
    action: rule.action,
    monthlyCap: major(rule.monthlyCap),
    lowBalance: major(rule.lowBalance),
    isArmed: topUp?.top.isArmed ?? false,
    retainer: topUp?.retainer ?? null,
    version: topUp?.version ?? 0,
  };
}

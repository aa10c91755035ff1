import { saveCredit } from "../../../domain/billing/credit.store.ts";
import { creditSchema } from "../../../domain/billing/credit.ts";
import { totalLines } from "../../../domain/billing/lines.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { eventOf } from "../../kit/event-record.ts";
import { minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { invalid, Refused } from "../../kit/refused.ts";
import { requireParty } from "../billing/party.ts";
import { requireInvoices } from "../billing/required.ts";
import { creditsRoutes } from "./routes.ts";
import { creditView } from "./view.ts";

export const createCredit = operation(creditsRoutes.createCredit, async (call) => {
  const body = call.body();
  const agency = await call.agency();
  const { amount, tax } = amountsOf(call.body());
  const today = dayIn(call.now, agency.settings.timeZone);
  if (body.expiresOn && body.expiresOn < today) {
    throw invalid([{ pointer: "#/expiresOn", detail: "must not be in the past" }]);
  }
  const party = await requireParty(call as unknown as Call, body.customer);
  const { customer } = party;
  if (body.invoice) await requireOwnInvoice(call, body.invoice, customer.id);
  const credit = creditSchema.parse({
    id: newId("credit", Date.parse(call.now), call.deps.random(10)),
    customer: customer.id,
    status: "Draft",
    currency: body.currency,
    ...{ amount, tax, applied: 0, balance: 0 },
    reason: body.reason ?? null,
    invoice: body.invoice ?? null,
    date: today,
    expiresOn: body.expiresOn ?? null,
    createdAt: call.now,
    updatedAt: call.now,
    version: 1,
  });
  return {
    status: 201,
    body: creditView(credit),
    writes: [
      ...party.writes,
      saveCredit(call.tenant, credit),
      eventOf(call, { type: "credit.created", subject: credit.id, customer: customer.id }),
    ],
  };
});

type Body = NonNullable<(typeof creditsRoutes.createCredit)["body"]>["_zod"]["output"];

/** A credit of items takes back their tax, too; a bare amount has none. */
function amountsOf({ currency, amount, items }: Body): { amount: number; tax: number } {
  const minor = minorUnitsOf(currency);
  if (amount !== undefined || items === undefined) {
    const whole = minor(amount ?? 0, "#/amount");
    throwProblems(minor);
    return { amount: whole, tax: 0 };
  }
  const lines = items.map((item, index) => ({
    quantity: item.quantity,
    price: minor(item.price, `#/items/${index}/price`),
    taxes: item.taxes,
  }));
  throwProblems(minor);
  const totalled = totalLines({ currency, items: lines, taxIncluded: false, extraCharges: [] });
  if (totalled.ok) return { amount: totalled.totals.total, tax: totalled.totals.tax };
  throw new Refused(refuse("invoice.total-too-large", "Amounts have at most 15 digits."));
}

async function requireOwnInvoice(call: Call, id: string, customer: string): Promise<void> {
  const [invoice] = await requireInvoices(call, [id]);
  if (invoice?.customer === customer) return;
  throw new Refused(refuse("customer.mismatch", "The invoice belongs to another customer."));
}

import { randomBytes } from "node:crypto";
import { savePrepayment } from "../../../domain/portal/prepayment.store.ts";
import { newPrepayment } from "../../../domain/portal/prepayment.ts";
import { type Id, newId } from "../../../domain/shared/ids.ts";
import { commit } from "../../../functions/kit/commit.ts";
import type { AnAgency } from "../../support/shell.ts";
import { announce } from "../../support/storage.ts";

/** Two records of each kind that an agency's lists show, and one of each other kind, by kind. */
export type Records = Readonly<Record<string, string>>;

const items = [{ name: "Work", quantity: 1, price: 100 }];

/** Two of every kind, so that each list has a second page. */
export async function recordsOf(agency: AnAgency, company: string): Promise<Records> {
  const make = async (path: string, body: object): Promise<string> => {
    const { status, body: made } = await agency.call("POST", path, body);
    if (status !== 201) throw new Error(`${path}: ${status} ${made.detail}`);
    return made.id;
  };
  const billTo = { company, email: "ann@acme.test" };
  await make("/v1/customers", { billTo: { company: `${company} again` } });
  const customer = await make("/v1/customers", { billTo });
  const contact = (email: string) => ({ firstName: "Bo", lastName: "Li", email });
  const draft = { customer, items, autoApply: "off" };
  const money = { customer, amount: 100, currency: "USD" };
  const twice = async (path: string, body: object): Promise<string> => {
    await make(path, body);
    return make(path, body);
  };
  await make(`/v1/customers/${customer}/contacts`, contact("bo@acme.test"));
  const invoice = await twice("/v1/invoices", { ...draft, status: "Unpaid" });
  const applications = [{ invoice, amount: 1 }];
  const paid = { ...money, method: "Cash", applications };
  await make("/v1/payments", paid);
  const { body } = await agency.call("POST", "/v1/payments", paid);
  const template = { customer, items };
  const schedule = { template, frequency: "monthly", startOn: "2027-05-01" };
  return {
    ...{ customer, invoice, payment: body.id, application: body.applications[0].id },
    contact: await make(`/v1/customers/${customer}/contacts`, contact("cy@acme.test")),
    credit: await twice("/v1/credits", money),
    quote: await twice("/v1/quotes", { customer, items }),
    key: await twice("/v1/api-keys", { name: "spare", role: "viewer" }),
    document: await document(agency, customer),
    recurring: await twice("/v1/recurring-invoices", schedule),
    prepayment: await prepayment(agency, customer),
    zip: "zip_00000000000000000000000001",
    subject: customer,
  };
}

async function document({ call }: AnAgency, customer: string): Promise<string> {
  await announce(call, { customer });
  return (await announce(call, { customer })).body.id;
}

async function prepayment(agency: AnAgency, customer: string): Promise<string> {
  await aPrepayment(agency, customer);
  return aPrepayment(agency, customer);
}

/** Staff need a saved method for one, which needs Stripe; here it only has to be there. */
export async function aPrepayment({ tenant }: AnAgency, customer: string): Promise<string> {
  const now = "2027-03-01T09:00:00.000Z";
  const id = newId("prepayment", Date.parse(now), randomBytes(10));
  const terms = {
    amount: 100,
    currency: "USD",
    note: null,
    frequency: "weekly",
    cycles: 3,
  } as const;
  const made = newPrepayment(
    { id, customer: customer as Id<"customer">, contact: null, ...terms },
    now,
  );
  await commit(tenant, [savePrepayment(tenant, made)]);
  return id;
}

/** Ids of the right form that nobody has. */
export const unknownRecords: Records = Object.fromEntries(
  Object.entries({
    ...{ customer: "cus", invoice: "inv", payment: "pay", application: "apl", contact: "con" },
    ...{ credit: "crd", quote: "quo", key: "key", prepayment: "pre", subject: "cus" },
    ...{ recurring: "rec", topUp: "top", document: "doc", webhook: "whk", delivery: "dlv" },
    ...{ staff: "stf", zip: "zip", link: "lnk", subscription: "sub" },
  }).map(([kind, prefix]) => [kind, `${prefix}_00000000000000000000000000`]),
);

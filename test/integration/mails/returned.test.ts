import { beforeEach, describe, expect, test } from "vitest";
import { build } from "../../../functions/areas/consumers.ts";
import type { RawMail } from "../../../functions/kit/deps.ts";
import type { MailServiceEvent } from "../../../functions/mail/returned.ts";
import { returnsOf } from "../../../local/mail-simulator.ts";
import { type AnAgency, aShell, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";
import { work } from "./reading.ts";

let shell: Shell;
beforeEach(async () => {
  shell = await aShell();
});

const queue = "arn:aws:sqs:eu-central-1:111122223333:drawdown-test-mail-returned-mark-address";

/** Through the function that reads the queue, as the mail service's events come. */
async function returned(events: readonly MailServiceEvent[]): Promise<void> {
  const Records = events.map((event, index) => ({
    ...{ messageId: String(index), eventSourceARN: queue },
    body: JSON.stringify({ version: "0", account: "111122223333", ...event }),
  }));
  const { batchItemFailures } = await build(shell.deps)({ Records } as never);
  expect(batchItemFailures).toEqual([]);
}

const returnsOfAll = (mails: readonly RawMail[]) =>
  mails.flatMap((mail) => returnsOf(mail, shell.clock.now()));

async function aContact(
  email: string,
  { call }: Pick<AnAgency, "call"> = shell,
): Promise<{ readonly customer: string; readonly path: string; readonly id: string }> {
  const { body: customer } = await call("POST", "/v1/customers", { billTo: { company: "Acme" } });
  const contacts = `/v1/customers/${customer.id}/contacts`;
  const { status, body } = await call("POST", contacts, { email });
  expect(status).toBe(201);
  return { customer: customer.id, path: `${contacts}/${body.id}`, id: body.id };
}

/** Mails an invoice and hands over the mails that went. */
async function mailed(
  customer: string,
  { call }: Pick<AnAgency, "call"> = shell,
): Promise<RawMail[]> {
  const before = shell.mails.length;
  const terms = { ...work(100), customer };
  const { body } = await call("POST", "/v1/invoices", terms);
  expect((await call("POST", `/v1/invoices/${body.id}/send`, {})).status).toBe(202);
  await shell.deliver();
  return shell.mails.slice(before);
}

const failureOf = async (path: string, { call }: Pick<AnAgency, "call"> = shell) =>
  (await call("GET", path)).body.mailFailure;

const told = async (type: string, { call }: Pick<AnAgency, "call"> = shell) => {
  await shell.deliver();
  return (await call("GET", `/v1/events?type=${type}`)).body.docs;
};

describe("a mail that came back", () => {
  test("carries whose it was", async () => {
    const { customer } = await aContact("bounce@acme.test");
    const [mail] = await mailed(customer);
    expect(mail?.tags).toEqual({ agency: shell.agency.id, customer });
  });

  test.each([
    ["bounce@acme.test", "bounce", "smtp; 550 5.1.1 user unknown"],
    ["complaint+x@acme.test", "complaint", null],
  ])("from %s switches the address off, and staff see why", async (email, reason, detail) => {
    const { customer, path, id } = await aContact(email);
    await returned(returnsOfAll(await mailed(customer)));
    expect(await failureOf(path)).toEqual({ reason, detail, at: shell.clock.now() });
    const data = { email, reason, detail };
    expect(await told("mail.failed")).toMatchObject([{ subject: id, customer, data }]);
    expect(await mailed(customer)).toEqual([]);
    expect(await told("mail.not-sent")).toMatchObject([
      { customer, data: { reason: "address-failed", emails: [email] } },
    ]);
  });

  test("for a reason that passes is noted, and the next one goes", async () => {
    const { customer, path, id } = await aContact("softbounce@acme.test");
    await returned(returnsOfAll(await mailed(customer)));
    expect(await failureOf(path)).toBeNull();
    expect(await told("mail.delayed")).toMatchObject([{ subject: id, customer }]);
    expect(await mailed(customer)).toHaveLength(1);
  });

  test("leaves the others their mails", async () => {
    const { customer } = await aContact("bounce@acme.test");
    await shell.call("POST", `/v1/customers/${customer}/contacts`, { email: "bob@acme.test" });
    await returned(returnsOfAll(await mailed(customer)));
    const mails = await mailed(customer);
    expect(mails.map(({ to }) => to)).toEqual([["bob@acme.test"]]);
    expect(await told("mail.not-sent")).toMatchObject([{ data: { emails: ["bounce@acme.test"] } }]);
  });

  test("switches off the firm's own address and copies, which no contact has", async () => {
    const billTo = { company: "Acme", email: "bounce@acme.test" };
    const { body } = await shell.call("POST", "/v1/customers", { billTo });
    await returned(returnsOfAll(await mailed(body.id)));
    expect(await told("mail.failed")).toMatchObject([{ subject: body.id, customer: body.id }]);
    expect(await mailed(body.id)).toEqual([]);
    const { customer } = await aContact("ann@acme.test");
    const copies = { cc: ["bounce@acme.test", "cc@acme.test"] };
    await shell.call("PATCH", `/v1/customers/${customer}`, copies);
    expect(await mailed(customer)).toMatchObject([{ to: ["ann@acme.test"], cc: ["cc@acme.test"] }]);
  });
});

describe("told again, or in another order,", () => {
  test("changes nothing and tells nobody twice", async () => {
    const { customer, path } = await aContact("bounce@acme.test");
    const events = returnsOfAll(await mailed(customer));
    await returned(events);
    const { body } = await shell.call("GET", path);
    const accepted = countWrites(shell.table);
    await returned([...events, ...events]);
    expect(accepted()).toBe(0);
    expect((await shell.call("GET", path)).body).toEqual(body);
    expect(await told("mail.failed")).toHaveLength(1);
  });

  test("ends with the earliest failure", async () => {
    const outcomes: unknown[] = [];
    for (const isReversed of [false, true]) {
      const { customer, path } = await aContact(`bounce+${isReversed}@acme.test`);
      const mails = [...(await mailed(customer)), ...(await mailed(customer))];
      const times = ["2027-03-01T10:00:00.000Z", "2027-03-01T11:00:00.000Z"];
      const events = mails.flatMap((mail, index) => returnsOf(mail, times[index] ?? ""));
      expect(events).toHaveLength(2);
      await returned(isReversed ? events.reverse() : events);
      outcomes.push((await failureOf(path)).at);
    }
    expect(outcomes).toEqual(Array(2).fill("2027-03-01T10:00:00.000Z"));
  });

  test("a notice that names no agency changes nothing", async () => {
    const { customer } = await aContact("bounce@acme.test");
    const mails = await mailed(customer);
    const foreign = mails.map((mail) => ({ ...mail, tags: { agency: "agy_unknown" } }));
    const accepted = countWrites(shell.table);
    await returned(returnsOfAll(foreign));
    expect(accepted()).toBe(0);
  });
});

test("what one agency's mail met says nothing to another", async () => {
  const other = await shell.anotherAgency();
  const ours = await aContact("bounce@acme.test");
  const theirs = await aContact("bounce@acme.test", other);
  await returned(returnsOfAll(await mailed(ours.customer)));
  expect(await failureOf(ours.path)).not.toBeNull();
  expect(await failureOf(theirs.path, other)).toBeNull();
  expect(await told("mail.failed", other)).toEqual([]);
  expect(await mailed(theirs.customer, other)).toHaveLength(1);
});

describe("a call that names the address", () => {
  const email = "bounce@acme.test";

  async function aFailedAddress() {
    const contact = await aContact(email);
    await returned(returnsOfAll(await mailed(contact.customer)));
    await shell.deliver();
    return contact;
  }

  test.each([
    ["an invoice", "invoices", "send"],
    ["a quote", "quotes", "send"],
  ])("to mail %s is refused with the reason, and nothing is issued", async (_name, kind, verb) => {
    const { customer } = await aFailedAddress();
    const { body } = await shell.call("POST", `/v1/${kind}`, { ...work(100), customer });
    const accepted = countWrites(shell.table);
    const refused = await shell.call("POST", `/v1/${kind}/${body.id}/${verb}`, { email });
    expect(refused).toMatchObject({ status: 422, body: { code: "mail.address-failed" } });
    expect(refused.body.detail).toContain("bounce@acme.test returned a mail on 2027-03-01");
    expect(refused.body.detail).toContain("user unknown");
    expect(accepted()).toBe(0);
    expect((await shell.call("GET", `/v1/${kind}/${body.id}`)).body).toEqual(body);
  });

  test("to mail a receipt or a statement is refused, too", async () => {
    const { customer } = await aFailedAddress();
    const money = { customer, amount: 50, currency: "USD", method: "Cash" };
    const { body } = await shell.call("POST", "/v1/payments", money);
    const range = { from: "2027-01-01", to: "2027-03-01" };
    const accepted = countWrites(shell.table);
    for (const [path, given] of [
      [`/v1/payments/${body.id}/receipt`, { email }],
      [`/v1/customers/${customer}/statement/send`, { ...range, email }],
    ] as const) {
      const { status, body: problem } = await shell.call("POST", path, given);
      expect([status, problem.code]).toEqual([422, "mail.address-failed"]);
    }
    expect(accepted()).toBe(0);
  });
});

describe("staff who name the address anew", () => {
  const email = "bounce@acme.test";

  test("vouch for it, for all customers who have it; other changes don't", async () => {
    const [one, other] = [await aContact(email), await aContact(email)];
    await returned(returnsOfAll(await mailed(one.customer)));
    expect(await failureOf(other.path)).toMatchObject({ reason: "bounce" });
    await shell.call("PATCH", one.path, { firstName: "Ann" });
    expect(await failureOf(one.path)).not.toBeNull();
    await shell.call("PATCH", one.path, { email });
    for (const { path, customer } of [one, other]) {
      expect(await failureOf(path)).toBeNull();
      expect(await mailed(customer)).toHaveLength(1);
    }
  });

  test("aren't contradicted by mails that were sent before", async () => {
    const { customer, path } = await aContact(email);
    const [first, second] = [await mailed(customer), await mailed(customer)];
    await returned(returnsOfAll(first));
    shell.clock.advance("PT1H");
    await shell.call("PATCH", path, { email });
    const late = second.flatMap((mail) => returnsOf(mail, "2027-03-01T09:00:00.000Z"));
    await returned(late);
    expect(await failureOf(path)).toBeNull();
  });

  test("give another one: nothing came back from that, and the old one stays off", async () => {
    const { customer, path } = await aContact(email);
    await returned(returnsOfAll(await mailed(customer)));
    await shell.call("PATCH", path, { email: "ann@acme.test" });
    expect(await failureOf(path)).toBeNull();
    expect(await mailed(customer)).toMatchObject([{ to: ["ann@acme.test"] }]);
    const { body } = await shell.call("POST", "/v1/invoices", { ...work(100), customer });
    const refused = await shell.call("POST", `/v1/invoices/${body.id}/send`, { email });
    expect(refused.status).toBe(422);
  });

  test("find it usable as another contact's, too", async () => {
    const { customer } = await aContact(email);
    await returned(returnsOfAll(await mailed(customer)));
    const again = await aContact(email);
    expect(await failureOf(again.path)).toBeNull();
    expect(await mailed(again.customer)).toHaveLength(1);
  });
});

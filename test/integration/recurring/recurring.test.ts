import { describe, expect, test } from "vitest";
import { aShell, type Shell } from "../../support/shell.ts";
import { passUntil, tick } from "../../support/ticking.ts";

const monthly = (customer: object | string, over: object = {}) => ({
  template: { customer, items: [{ name: "Retainer for {month}", quantity: 1, price: 1000 }] },
  frequency: "monthly",
  startOn: "2027-03-31",
  status: "Active",
  ...over,
});

async function aCustomer({ call }: Pick<Shell, "call">): Promise<string> {
  const billTo = { company: "Acme", email: "ann@acme.test" };
  return (await call("POST", "/v1/customers", { billTo })).body.id;
}

const datesOf = (docs: readonly { date: string }[]) => docs.map(({ date }) => date).reverse();

describe("a recurring invoice", () => {
  test("is issued on its days, counted from the anchor, and ends after its cycles", async () => {
    const shell = await aShell({ timeZone: "America/New_York" });
    const customer = await aCustomer(shell);
    const made = await shell.call(
      "POST",
      "/v1/recurring-invoices",
      monthly(customer, { cycles: 4 }),
    );
    expect(made).toMatchObject({ status: 201, body: { status: "Active", nextOn: "2027-03-31" } });
    const { id } = made.body;
    const plan = await shell.call("GET", `/v1/recurring-invoices/${id}/schedule?count=3`);
    expect(plan.body.docs).toEqual([
      { cycle: 1, date: "2027-03-31", dueDate: "2027-04-14" },
      { cycle: 2, date: "2027-04-30", dueDate: "2027-05-14" },
      { cycle: 3, date: "2027-05-31", dueDate: "2027-06-14" },
    ]);

    await passUntil(shell, "2027-03-31T09:59:00.000Z");
    expect(await tick(shell.deps)).toBe(0);
    await passUntil(shell, "2027-12-01T00:00:00.000Z");

    const invoices = await shell.call("GET", `/v1/recurring-invoices/${id}/invoices`);
    const { docs, total } = invoices.body;
    expect(total).toBe(4);
    expect(datesOf(docs)).toEqual(["2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"]);
    const first = await shell.call("GET", `/v1/invoices/${docs[3].id}`);
    expect(first.body).toMatchObject({
      number: "INV-0001",
      status: "Unpaid",
      recurring: id,
      issuedAt: "2027-03-31T10:00:00.000Z",
      items: [{ name: "Retainer for March 2027" }],
    });
    expect((await shell.call("GET", `/v1/recurring-invoices/${id}`)).body).toMatchObject({
      status: "Completed",
      nextOn: null,
      cyclesLeft: 0,
      issued: 4,
    });
    const types = shell.published.map(({ type }) => type);
    expect(types.filter((type) => type === "recurring.issued")).toHaveLength(4);
    expect(types.filter((type) => type === "recurring.completed")).toHaveLength(1);
    expect(types.filter((type) => type === "invoice.sent")).toHaveLength(4);
    expect(shell.errors).toEqual([]);
  });

  test("makes up for an outage, oldest first, each dated on its own day", async () => {
    const shell = await aShell();
    const customer = await aCustomer(shell);
    const daily = monthly(customer, { frequency: "daily", startOn: "2027-03-02" });
    const { id } = (await shell.call("POST", "/v1/recurring-invoices", daily)).body;
    shell.clock.set("2027-03-12T08:00:00.000Z");
    await tick(shell.deps);
    const { docs } = (await shell.call("GET", `/v1/recurring-invoices/${id}/invoices`)).body;
    expect(datesOf(docs)).toEqual(
      Array.from({ length: 11 }, (_, day) => `2027-03-${String(day + 2).padStart(2, "0")}`),
    );
    expect(docs.map(({ number }: { number: string }) => number).reverse()).toEqual(
      Array.from({ length: 11 }, (_, n) => `INV-${String(n + 1).padStart(4, "0")}`),
    );
  });
});

test("a new rhythm goes on from its own first day, and makes no day twice", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const daily = monthly(customer, { frequency: "daily", startOn: "2027-03-02" });
  const { id } = (await shell.call("POST", "/v1/recurring-invoices", daily)).body;
  await passUntil(shell, "2027-03-03T12:00:00.000Z");
  const path = `/v1/recurring-invoices/${id}`;
  const again = { frequency: "weekly", startOn: "2027-03-03" };
  const { body: before } = await shell.call("GET", path);
  expect(await shell.call("PATCH", path, again)).toMatchObject({
    status: 400,
    body: { code: "recurring.start-past" },
  });
  expect((await shell.call("GET", path)).body).toEqual(before);
  const change = { ...again, startOn: "2027-03-08" };
  expect(await shell.call("PATCH", path, change)).toMatchObject({ status: 200 });
  await passUntil(shell, "2027-03-20T12:00:00.000Z");
  const { docs } = (await shell.call("GET", `${path}/invoices`)).body;
  expect(datesOf(docs)).toEqual(["2027-03-02", "2027-03-03", "2027-03-08", "2027-03-15"]);
  expect(shell.errors).toEqual([]);
});

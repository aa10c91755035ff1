import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { journalSk } from "../../../domain/shared/record.store.ts";
import { type Item, type Key, tenantKey } from "../../../domain/shared/table.store.ts";
import { countRecords } from "../../../functions/consumers/count-records.ts";
import { beginHistory, historySteps, play } from "../../support/histories.ts";
import {
  begin,
  beginEmpty,
  count,
  damage,
  find,
  head,
  life,
  mend,
  post,
  postingsOf,
  remove,
  shell,
  verified,
} from "./damaged-books.ts";

beforeAll(begin);
afterEach(mend);

describe("numbers", () => {
  const guard = (number: string): Key => ({
    pk: tenantKey(shell.tenant, "U", "number", number),
    sk: "U",
  });
  const counter = (): Key => ({ pk: tenantKey(shell.tenant, "SERIES", "INV"), sk: "COUNTER" });

  test("one that its document lost to nobody, or to another", async () => {
    await damage(guard("INV-0001"), (item) => ({ ...item, owner: life.half }));
    const lost = { record: life.drawn, field: "owner of INV-0001", expected: life.drawn };
    expect(await verified()).toMatchObject({ ...lost, found: life.half });
    await remove(guard("INV-0001"));
    expect(await verified()).toMatchObject({ ...lost, found: null });
  });

  test("a counter that jumped, fell back, or is gone", async () => {
    await damage(counter(), (item) => ({ ...item, next: 5 }));
    const off = { record: "INV COUNTER", field: "next", expected: 3 };
    expect(await verified()).toMatchObject({ ...off, found: 5 });
    await damage(counter(), (item) => ({ ...item, next: 2 }));
    expect(await verified()).toMatchObject({ ...off, found: 2 });
    await remove(counter());
    expect(await verified()).toMatchObject({ ...off, found: 1 });
  });
});

describe("numbers in books of their own", () => {
  beforeEach(begin);

  test("a document that is gone leaves a gap behind", async () => {
    // Gone with its traces in the books, as nobody could do it but by hand: only the series remembers.
    await remove(head("QUO", await aSentQuote()));
    await aSentQuote();
    await count();
    expect(await verified()).toMatchObject({
      field: "next value of QUO COUNTER",
      expected: 1,
      found: 2,
    });
  });

  test("an issued document without a number", async () => {
    await damage(head("INV", life.half), ({ row, ...item }) => {
      const { number: _number, ...rest } = row as Item;
      return { ...item, row: rest };
    });
    expect(await verified()).toMatchObject({ record: life.half, field: "number", found: null });
  });

  test("gaps by design are none: numbers of callers, passed over, kept or given back", async () => {
    const { customer } = life;
    const items = [{ name: "Work", quantity: 1, price: 10 }];
    const draft = (number: string) => post("/v1/invoices", { customer, items, number });
    const given = [await draft("INV-0003"), await draft("INV-0004"), await draft("INV-0007")];
    await draft("MINE-1");
    const issued = await post("/v1/invoices", { customer, items, status: "Unpaid" });
    expect(issued.number).toBe("INV-0005");
    await shell.call("DELETE", `/v1/invoices/${given[0].id}`);
    await shell.call("PATCH", `/v1/invoices/${given[1].id}`, { number: "INV-0100" });
    await post(`/v1/invoices/${given[2].id}/mark-sent`);
    await post("/v1/invoices", { customer, items, status: "Unpaid" });
    const last = await post("/v1/invoices", { customer, items, status: "Unpaid" });
    expect(last.number).toBe("INV-0008");
    await count();
    expect(await verified()).toBeUndefined();
  });

  test("another pattern and a yearly reset are no gap", async () => {
    const numbering = { invoice: "{year}/{000}", yearlyReset: true };
    const settings = {
      numbering: {
        ...numbering,
        retainer: "R-{year}-{00}",
        quote: "Q-{year}-{00}",
        credit: "C-{year}-{00}",
      },
    };
    expect((await shell.call("PATCH", "/v1/agency", { settings })).status).toBe(200);
    const { customer } = life;
    const items = [{ name: "Work", quantity: 1, price: 10 }];
    for (const date of ["2027-05-01", "2028-05-01", "2027-06-01"]) {
      await post("/v1/invoices", {
        customer,
        items,
        date,
        dueDate: "2029-01-01",
        status: "Unpaid",
      });
    }
    await count();
    expect(await verified()).toBeUndefined();
  });

  async function aSentQuote(): Promise<string> {
    const items = [{ name: "Work", quantity: 1, price: 10 }];
    const { id } = await post("/v1/quotes", { customer: life.customer, items });
    await post(`/v1/quotes/${id}/mark-sent`);
    return id;
  }
});

describe("what lists answer as their total", () => {
  test("a count that is off", async () => {
    const pk = tenantKey(shell.tenant, "COUNT", "INV", life.customer);
    await damage({ pk, sk: "0" }, (item) => {
      const name = Object.keys(item).find((one) => one.includes('"Partial"')) ?? "";
      return { ...item, [name]: 7 };
    });
    expect(await verified()).toMatchObject({
      ...{ customer: life.customer, record: "count of INV" },
      ...{ field: "Partial false", expected: 1, found: 7 },
    });
  });
});

test("whatever happened, the books are right; with one figure of one record changed they are not", async () => {
  const scenario = fc.tuple(historySteps(15, 30), fc.nat(1_000), fc.integer({ min: 1, max: 99 }));
  await fc.assert(
    fc.asyncProperty(scenario, async ([steps, which, by]) => {
      await beginEmpty();
      const history = await beginHistory(shell);
      for (const one of steps) await play(shell, history, one);
      await shell.deliver({ shuffled: true, copies: 2, to: [countRecords] });
      expect(await verified()).toBeUndefined();
      const customer = history.customers[which % history.customers.length] ?? "";
      const place = { pk: tenantKey(shell.tenant, "C", customer), sk: "ACCOUNT" };
      const account = await find(place);
      if (!account) return;
      const seq = 1 + (which % Number(account.seq));
      await damage({ ...place, sk: journalSk(seq) }, (item) => {
        const lines = postingsOf(item);
        const line = lines[which % lines.length];
        if (line) line.amount += by;
        return line ? item : { ...item, memo: `${item.memo} ${by}` };
      });
      expect(await verified()).toMatchObject({ customer, seq });
    }),
    { numRuns: 3, endOnFailure: true },
  );
}, 120_000);

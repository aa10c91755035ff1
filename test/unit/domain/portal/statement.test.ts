import { describe, expect, test } from "vitest";
import { type RetainerState, statementOf } from "../../../../domain/portal/statement.ts";
import {
  applied,
  aRecord,
  facts,
  invoices,
  issued,
  type Move,
  payments,
  received,
  refunded,
  retainers,
  undone,
} from "./statement-facts.ts";

const [first] = invoices;
const [money] = payments;
const [retainer] = retainers;

const range = {
  currency: "USD",
  from: "2027-02-01",
  to: "2027-02-28",
  until: "2027-03-01T00:00:00.000Z",
} as const;

describe("a statement", () => {
  test("opens with what was before its first day and closes with its last instant", () => {
    const told = statementOf(
      range,
      facts({
        balance: { outstanding: 900, unapplied: 40, credit: 7 },
        records: [
          aRecord("2027-02-03T10:00:00.000Z", issued(first, 300)),
          aRecord("2027-02-28T23:59:59.999Z", received(money, 100)),
          aRecord("2027-03-01T00:00:00.000Z", issued(first, 500)),
          aRecord("2027-03-02T00:00:00.000Z", refunded(money, 60)),
        ],
      }),
    );
    expect(told.opening).toEqual({ outstanding: 100, unapplied: 0, credit: 7 });
    expect(told.closing).toEqual({ outstanding: 400, unapplied: 100, credit: 7 });
    expect(told.lines.map(({ type }) => type)).toEqual(["invoice.issued", "payment.received"]);
  });

  test("keeps the order of the journal within a day, with the balance after each line", () => {
    const at = "2027-02-03T10:00:00.000Z";
    const { lines } = statementOf(
      range,
      facts({
        balance: { outstanding: 200, unapplied: 0, credit: 0 },
        records: [
          aRecord(at, received(money, 100)),
          aRecord(at, issued(first, 300)),
          aRecord(at, applied(money, first, 100)),
        ],
      }),
    );
    const name = `PAY-${money.slice(-8)}`;
    expect(
      lines.map(({ memo, amount, outstanding, unapplied }) => [
        ...[memo, amount, outstanding, unapplied],
      ]),
    ).toEqual([
      [name, 100, 0, 100],
      ["INV-1", 300, 300, 100],
      [`${name} to INV-1`, -100, 200, 0],
    ]);
  });

  test("says where money went back to", () => {
    const { lines } = statementOf(
      range,
      facts({ records: [aRecord("2027-02-03T10:00:00.000Z", undone(money, first, 100))] }),
    );
    expect(lines).toMatchObject([
      { memo: `PAY-${money.slice(-8)} back from INV-1`, amount: 100, number: "INV-1" },
    ]);
  });

  test("ages what was open on its last day, as of that day, whatever was paid since", () => {
    const { aging } = statementOf(
      range,
      facts({
        invoices: [
          { id: invoices[0], dueDate: "2027-01-29", balance: 0 },
          { id: invoices[1], dueDate: "2027-02-28", balance: 250 },
          { id: invoices[2], dueDate: "2027-03-31", balance: 500 },
        ],
        records: [
          aRecord("2027-03-01T08:00:00.000Z", applied(money, invoices[0], 100)),
          aRecord("2027-03-02T08:00:00.000Z", issued(invoices[2], 500)),
        ],
      }),
    );
    expect(aging).toEqual({
      ...{ current: 250, days1to30: 100, days31to60: 0, days61to90: 0, over90: 0 },
    });
  });

  test.each<[string, Move, Partial<RetainerState>]>([
    ["drawn", applied(money, first, 30), { drawn: 20 }],
    ["given back by an invoice", undone(money, first, 30), { drawn: 80 }],
    ["refunded", refunded(money, 5), { refunded: 5 }],
    ["received", received(money, 30), { funded: 70 }],
    [
      "voided",
      ["payment.voided", "cash", "unapplied", 100, { from: money, to: money }],
      { funded: 200 },
    ],
  ])("shows a retainer as it was before money was %s", (_what, later, before) => {
    const state = { id: retainer, number: "RET-1", date: "2027-01-01" };
    const known = { ...state, funded: 100, drawn: 50, refunded: 10 };
    const { retainers: shown } = statementOf(
      range,
      facts({ retainers: [known], records: [aRecord("2027-03-05T00:00:00.000Z", later)] }),
    );
    const was = { ...known, ...before };
    expect(shown).toEqual([{ ...was, remaining: was.funded - was.drawn - was.refunded }]);
  });

  test("leaves out retainers that were empty all along, and shows one that was emptied", () => {
    const empty = { number: "RET", date: "2027-01-01", funded: 100, drawn: 100, refunded: 0 };
    const { retainers: shown } = statementOf(
      range,
      facts({
        retainers: retainers.map((id) => ({ ...empty, id })),
        records: [aRecord("2027-02-03T10:00:00.000Z", applied(money, first, 100))],
      }),
    );
    expect(shown.map(({ id }) => id)).toEqual([retainer]);
  });
});

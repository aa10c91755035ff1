import fc from "fast-check";
import { expect, test } from "vitest";
import { balanceOf, isIssued } from "../../../../domain/billing/invoice.ts";
import { applyMoney } from "../../../../domain/payments/apply.ts";
import { cancelInvoice } from "../../../../domain/payments/cancel.ts";
import { issueCredit, voidCredit } from "../../../../domain/payments/credit-moves.ts";
import {
  bookDispute,
  bookForeignRefund,
  type DisputeStep,
} from "../../../../domain/payments/forced.ts";
import { issueInvoice } from "../../../../domain/payments/issue.ts";
import type { Decision } from "../../../../domain/payments/ledger.ts";
import { awaitPayment, failPayment } from "../../../../domain/payments/pending.ts";
import { bookArrivedMoney, receivePayment } from "../../../../domain/payments/receive.ts";
import { refundPayment, settleRefund, voidPayment } from "../../../../domain/payments/refund.ts";
import { unapplyPayment } from "../../../../domain/payments/undo.ts";
import {
  aContext,
  aCredit,
  after,
  anId,
  anInvoice,
  emptyBooks,
  money,
} from "../../../support/builders.ts";
import { brokenPromises, type Kept } from "../../../support/invariants.ts";

const policies = [
  { autoApply: "always", useCredits: "always" },
  { autoApply: "always", useCredits: "off" },
  { autoApply: "off", useCredits: "always" },
] as const;
const disputeSteps: DisputeStep[] = [
  ...(["opened", "withdrawn", "reinstated", "won", "lost", "inquiry-closed"] as const),
];

/** A step picks its records by number, so that every generated sequence means something. */
const step = fc.record({
  what: fc.constantFrom(
    ...(["draft", "draft", "retainer", "issue", "issue", "issue", "pay", "pay"] as const),
    ...(["fund", "fund", "arrive", "await", "fail", "apply", "apply", "apply", "apply"] as const),
    ...(["undo", "undo", "refund", "refund", "settle", "void", "cancel", "credit"] as const),
    ...(["issueCredit", "voidCredit", "applyCredit", "applyCredit"] as const),
    ...(["dispute", "foreignRefund"] as const),
  ),
  a: fc.nat(30),
  b: fc.nat(30),
  amount: fc.integer({ min: 1, max: 15_000 }),
  tagged: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const at = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];
const stripe = { account: "acct_1", paymentIntent: "pi_1", charge: null };

function decide(
  { books, applications }: Kept,
  { what, a, b, amount, tagged }: Step,
): Decision | undefined {
  const context = aContext();
  const drafts = books.invoices.filter((invoice) => !isIssued(invoice));
  const invoices = books.invoices.filter(({ isRetainer }) => !isRetainer);
  const retainers = books.invoices.filter(({ isRetainer }) => isRetainer);
  const invoice = at(invoices, a);
  const payment = at(books.payments, b);
  const credit = at(books.credits, b);
  const newest = applications.filter((line) => line.payment === payment?.id).reverse();
  const pending = books.payments.filter(({ status }) => status === "Pending");
  switch (what) {
    case "issue": {
      const draft = at(drafts, a);
      return (
        draft &&
        issueInvoice(
          books,
          {
            invoice: draft,
            number: `N-${anId("invoice")}`,
            policy: at(policies, b) ?? policies[0],
            sent: false,
          },
          context,
        )
      );
    }
    case "pay":
      return receivePayment(
        books,
        money({ amount, for: invoice && tagged ? [{ invoice: invoice.id }] : [] }),
        context,
      );
    case "fund": {
      const retainer = at(retainers, a);
      return (
        retainer &&
        receivePayment(
          books,
          money({
            amount,
            for: [{ invoice: retainer.id }],
            stripe: tagged ? stripe : null,
            source: tagged ? "checkout" : "manual",
          }),
          context,
        )
      );
    }
    case "arrive": {
      const target = at(books.invoices, a);
      return bookArrivedMoney(
        books,
        money({
          amount,
          stripe,
          source: "checkout",
          for: target ? [{ invoice: target.id, amount }] : [],
        }),
        context,
      );
    }
    case "await": {
      const target = at(books.invoices, a);
      return (
        target &&
        awaitPayment(
          books,
          money({ amount, stripe, source: "checkout", for: [{ invoice: target.id, amount }] }),
          context,
        )
      );
    }
    case "fail": {
      const waiting = at(pending, a);
      const targets = books.invoices.filter(({ pendingPayments }) =>
        pendingPayments.some((id) => id === waiting?.id),
      );
      if (!waiting) return undefined;
      const command = money({
        ...waiting,
        source: "checkout",
        for: targets.map(({ id }) => ({ invoice: id })),
        notify: false,
      });
      return tagged
        ? failPayment(books, { ...command, failure: "declined" }, context)
        : bookArrivedMoney(books, command, context);
    }
    case "apply":
      return (
        invoice &&
        payment &&
        applyMoney(
          books,
          {
            subject: payment.id,
            lines: [
              { payment: payment.id, invoice: invoice.id, amount: tagged ? undefined : amount },
            ],
          },
          context,
        )
      );
    case "applyCredit":
      return (
        invoice &&
        credit &&
        applyMoney(
          books,
          { subject: credit.id, lines: [{ credit: credit.id, invoice: invoice.id }] },
          context,
        )
      );
    case "undo":
      return payment && newest.length > 0
        ? unapplyPayment(books, { payment, applications: newest.slice(0, 1 + (a % 3)) }, context)
        : undefined;
    case "refund":
      return (
        payment &&
        refundPayment(
          books,
          {
            id: anId("refund"),
            payment,
            amount,
            reason: null,
            unapply: tagged ? newest.slice(0, 2) : [],
          },
          context,
        )
      );
    case "settle": {
      const refund = at(payment?.refunds ?? [], a);
      return (
        payment &&
        refund &&
        settleRefund(
          books,
          { payment, refund: refund.id, outcome: tagged ? "Failed" : "Succeeded", stripe: "re_1" },
          context,
        )
      );
    }
    case "void":
      return payment && voidPayment(books, { payment, reason: null }, context);
    case "cancel":
      return invoice && cancelInvoice(books, { invoice }, context);
    case "issueCredit":
      return credit && issueCredit(books, { credit, number: `C-${credit.id}` }, context);
    case "voidCredit":
      return credit && voidCredit(books, { credit, cause: "voided" }, context);
    case "foreignRefund":
      return payment && received(payment) && refundable(payment)
        ? bookForeignRefund(
            books,
            {
              payment,
              newest,
              id: anId("refund"),
              stripe: anId("refund"),
              amount,
              pending: tagged,
            },
            context,
          )
        : undefined;
    case "dispute":
      return payment && received(payment)
        ? bookDispute(
            books,
            {
              payment,
              newest,
              dispute: `dp_${a % 2}`,
              amount: 1 + (amount % payment.amount),
              step: at(disputeSteps, a + amount) ?? "opened",
            },
            context,
          )
        : undefined;
    default:
      return undefined;
  }
}

const received = ({ status }: { status: string }) =>
  !["Pending", "Failed", "Void"].includes(status);
/** Stripe never gives back more than it took. */
const refundable = (payment: { amount: number; refunded: number }) =>
  payment.amount > payment.refunded;

function makeDraft({ books, ...kept }: Kept, { what, amount, tagged, a }: Step): Kept {
  const tags = tagged ? ["site"] : [];
  if (what === "credit") {
    const made = aCredit({ amount, expiresOn: a % 3 === 0 ? "2026-12-31" : null });
    return { ...kept, books: { ...books, credits: [...books.credits, made] } };
  }
  const isRetainer = what === "retainer";
  const tax = isRetainer ? 0 : Math.floor(amount / 7);
  const made = anInvoice({
    isRetainer,
    total: amount,
    tax,
    netTotal: amount - tax,
    tags,
    scope: isRetainer && a % 4 === 0 ? ["site"] : [],
  });
  return { ...kept, books: { ...books, invoices: [...books.invoices, made] } };
}

function play(kept: Kept, one: Step): Kept {
  if (["draft", "retainer", "credit"].includes(one.what)) return makeDraft(kept, one);
  const decided = decide(kept, one);
  if (!decided?.ok) return kept;
  const { changes } = decided;
  const gone = new Set(changes.undone.map(({ id }) => id));
  return {
    books: after(kept.books, changes),
    applications: [...kept.applications.filter(({ id }) => !gone.has(id)), ...changes.applied],
    journal: [...kept.journal, ...changes.records],
  };
}

test("no sequence of money moves breaks a promise", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 80 }), (steps) => {
      let kept: Kept = { books: emptyBooks(), applications: [], journal: [] };
      for (const one of steps) {
        kept = play(kept, one);
        expect(brokenPromises(kept)).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

test("an invoice never asks for less than nothing, and open money covers it in the order promised", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const kept = steps.reduce<Kept>(play, { books: emptyBooks(), applications: [], journal: [] });
      for (const invoice of kept.books.invoices)
        expect(balanceOf(invoice)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 100 },
  );
});

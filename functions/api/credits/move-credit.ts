import type { Credit } from "../../../domain/billing/credit.ts";
import { applyMoney } from "../../../domain/payments/apply.ts";
import {
  issueCredit as issue,
  voidCredit as voidIt,
} from "../../../domain/payments/credit-moves.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import type { Decided } from "../../../domain/payments/ledger.ts";
import type { Refusal } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { numberFor } from "../../kit/number.ts";
import { type Call, type Outcome, operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { withNamedInvoices } from "../payments/named-invoices.ts";
import { creditsRoutes } from "./routes.ts";
import { creditView, requireCredit } from "./view.ts";

export const issueCredit = operation(creditsRoutes.issueCredit, async (call) => {
  const credit = await requireCredit(call);
  call.body();
  const agency = await call.agency();
  call.requireVersion(credit);
  const [books, { number, writes }] = await Promise.all([
    booksOf(call, credit),
    numberFor(call, agency, { ...credit, kind: "credit" }),
  ]);
  const decided = issue(books, { credit, number }, call.ledgerContext(agency));
  return outcomeOf(call, { credit, decided, writes });
});

export const applyCredit = operation(creditsRoutes.applyCredit, async (call) => {
  const credit = await requireCredit(call);
  const body = call.body();
  const agency = await call.agency();
  const minor = minorUnitsOf(credit.currency);
  const lines = body.invoices.map(({ invoice, amount }, index) => ({
    credit: credit.id,
    invoice: invoice as `inv_${string}`,
    amount: amount === undefined ? undefined : minor(amount, `#/invoices/${index}/amount`),
  }));
  throwProblems(minor);
  const ids = lines.map(({ invoice }) => invoice);
  const books = withNamedInvoices(await booksOf(call, credit, ids), ids);
  call.requireVersion(credit);
  const command = { lines, subject: credit.id };
  const decided = applyMoney(books, command, call.ledgerContext(agency));
  return outcomeOf(call, { credit, decided, writes: [] });
});

export const voidCredit = operation(creditsRoutes.voidCredit, async (call) => {
  const credit = await requireCredit(call);
  call.body();
  const agency = await call.agency();
  call.requireVersion(credit);
  const books = await booksOf(call, credit);
  const decided = voidIt(books, { credit, cause: "voided" }, call.ledgerContext(agency));
  return outcomeOf(call, { credit, decided, writes: [] });
});

async function booksOf(call: Call, credit: Credit, invoices: readonly string[] = []) {
  const books = await loadBooks(call.tenant, { customer: credit.customer, invoices });
  return { ...books, credits: [credit] };
}

function outcomeOf(
  call: Call,
  made: {
    readonly credit: Credit;
    readonly decided: Decided | Refusal;
    readonly writes: readonly GuardedWrite[];
  },
): Outcome {
  const { changes } = orRefuse(made.decided);
  const credit = changes.credits.find(({ id }) => id === made.credit.id) ?? made.credit;
  return {
    status: 200,
    body: creditView(credit),
    writes: [...made.writes, ...saveLedger(call.tenant, changes)],
  };
}

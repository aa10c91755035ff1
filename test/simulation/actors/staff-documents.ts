import { type CustomerFact, policyFor } from "../facts.ts";
import { type Books, type Document, documentIn, issue } from "../model/books.ts";
import { cancel, changeTotal } from "../model/changes.ts";
import { livingRefusal } from "../model/customers.ts";
import { plusDays } from "../model/days.ts";
import { totalsOf } from "../model/totals.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { someCustomer, someDocument } from "./choose.ts";
import { currencyNear, someTags, someTerms } from "./terms.ts";

export const staffDocuments: readonly Operation[] = [
  { name: "create-document", weight: 14, run: (world) => createDocument(world) },
  { name: "issue", weight: 8, run: issueDraft },
  { name: "send", weight: 5, run: sendDocument },
  { name: "plan-send", weight: 2, isTimed: true, run: planSend },
  { name: "cancel-send", weight: 1, isTimed: true, run: cancelSend },
  { name: "cancel", weight: 4, run: cancelDocument },
  { name: "change", weight: 4, run: changeDocument },
  { name: "delete-draft", weight: 4, run: deleteDraft },
];

export async function createDocument(world: World, given?: CustomerFact): Promise<void> {
  const { dice, facts } = world;
  const customer = given ?? (await someCustomer(world));
  const isRetainer = dice.chance(0.35);
  const currency = currencyNear(dice, customer.currency);
  const { terms, body } = someTerms(dice, currency, isRetainer);
  const autoApply = dice.chance(0.3) ? dice.pick(["always", "ask", "off"]) : null;
  const scope = isRetainer && dice.chance(0.4) ? [dice.pick(["site", "care", "ads"])] : [];
  const tags = someTags(dice);
  const isIssued = dice.chance(0.5);
  const number = dice.chance(0.15) ? givenNumber(world, isRetainer) : undefined;
  const answer = await world.ask(world.staff, "POST", "/v1/invoices", {
    ...body,
    ...{ customer: customer.id, isRetainer, tags, scope, autoApply, number },
    status: isIssued ? "Unpaid" : "Draft",
  });
  const totals = totalsOf(terms);
  if (number !== undefined && numberStands(world, number, answer.body?.id)) {
    return void world.decide(answer, () => "the number is taken");
  }
  world.decide(answer, (books) => {
    if (!totals) return "a deduction is larger than its line";
    const archived = livingRefusal(books, customer.id);
    if (archived !== undefined) return archived;
    const { id } = answer.body;
    facts.autoApply.set(id, autoApply);
    if (number !== undefined) facts.given.add(number);
    books.documents.set(
      id,
      newDocument({ id, customer: customer.id, currency, isRetainer, tags, scope, ...totals }),
    );
    return isIssued ? issue(books, id, policyFor(world, id, customer.id)) : undefined;
  });
}

export const newDocument = (
  known: Omit<Document, "state" | "funded" | "drawn" | "refunded" | "waits" | "plannedFor">,
): Document => ({
  ...{ ...known, state: "Draft", waits: [], plannedFor: null },
  ...{ funded: 0, drawn: 0, refunded: 0 },
});

/** One that the series has given already, or would give soon. */
function givenNumber({ dice, storage, agency }: World, isRetainer: boolean): string {
  const series = isRetainer ? "RET" : "INV";
  const counter = storage.mirror.get(`A#${agency}#SERIES#${series}|COUNTER`);
  const next = Number(counter?.next ?? 1) + dice.between(-1, 3);
  return `${series}-${String(Math.max(1, next)).padStart(4, "0")}`;
}

function numberStands({ storage, agency }: World, number: string, own: unknown): boolean {
  const guard = storage.mirror.get(`A#${agency}#U#number#${number}|U`);
  return guard !== undefined && guard.owner !== own;
}

async function issueDraft(world: World): Promise<void> {
  const draft = someDocument(world, ({ state }) => state === "Draft");
  if (!draft) return;
  await issued(world, draft, "mark-sent");
}

/** Sends drafts, and sometimes what is out already. */
async function sendDocument(world: World): Promise<void> {
  const document = someDocument(world, ({ state }) => world.dice.chance(0.2) || state !== "Open");
  if (!document) return;
  await issued(world, document, "send");
}

async function issued(world: World, document: Document, how: "send" | "mark-sent"): Promise<void> {
  const { id, customer } = document;
  const answer = await world.ask(world.staff, "POST", `/v1/invoices/${id}/${how}`, {});
  const isDone = world.decide(answer, (books) => {
    const known = books.documents.get(id);
    if (known?.state === "Draft") return issue(books, id, policyFor(world, id, customer));
    if (known?.state === "Canceled") return "it is canceled";
    if (how === "mark-sent") return "it is out already";
    if (known) known.plannedFor = null;
    return isOver(books, id) ? "it is refunded" : undefined;
  });
  if (isDone && how === "send") world.facts.events.push({ type: "invoice.sent", subject: id });
}

/** Mailed, and issued if it is a draft then, on a later day. */
async function planSend(world: World): Promise<void> {
  const document = someDocument(world, ({ state }) => world.dice.chance(0.2) || state === "Draft");
  if (!document) return;
  const { id } = document;
  const date = plusDays(world.today(), world.dice.between(2, 5));
  const answer = await world.ask(world.staff, "POST", `/v1/invoices/${id}/send`, { date });
  world.decide(answer, (books) => {
    const known = documentIn(books, id);
    if (known.state === "Canceled" || isOver(books, id)) return "it is over";
    known.plannedFor = date;
    return undefined;
  });
}

async function cancelSend(world: World): Promise<void> {
  const document = someDocument(world, ({ plannedFor }) => plannedFor !== null);
  if (!document) return;
  const answer = await world.ask(world.staff, "DELETE", `/v1/invoices/${document.id}/send`, {});
  world.decide(answer, (books) => {
    documentIn(books, document.id).plannedFor = null;
    return undefined;
  });
}

function isOver({ documents }: Books, id: string): boolean {
  const { isRetainer, funded = 0, refunded } = documents.get(id) ?? {};
  return isRetainer === true && funded > 0 && funded === refunded;
}

async function cancelDocument(world: World): Promise<void> {
  const document = someDocument(world, () => true);
  if (!document) return;
  const path = `/v1/invoices/${document.id}/cancel`;
  const answer = await world.ask(world.staff, "POST", path, { reason: "A mistake" });
  world.decide(answer, (books) => cancel(books, document.id));
}

async function changeDocument(world: World): Promise<void> {
  const { dice } = world;
  const document = someDocument(world, ({ state }) => state !== "Canceled" || dice.chance(0.1));
  if (!document) return;
  const { id, isRetainer, currency } = document;
  const { terms, body } = someTerms(dice, currency, isRetainer);
  const totals = totalsOf(terms);
  const cleared = { discount: null, taxes: null, taxIncluded: null, extraCharges: null };
  const change = Object.entries(body).filter(([, value]) => value !== undefined);
  const answer = await world.ask(world.staff, "PATCH", `/v1/invoices/${id}`, {
    ...cleared,
    ...Object.fromEntries(change),
  });
  world.decide(answer, (books) => {
    if (!totals) return "a deduction is larger than its line";
    return changeTotal(books, id, totals);
  });
}

async function deleteDraft(world: World): Promise<void> {
  const document = someDocument(world, ({ state }) => state === "Draft" || world.dice.chance(0.1));
  if (!document) return;
  const { id } = document;
  const answer = await world.ask(world.staff, "DELETE", `/v1/invoices/${id}`);
  world.decide(answer, (books) => {
    if (document.state !== "Draft") return "it is issued";
    books.documents.delete(id);
    return undefined;
  });
}

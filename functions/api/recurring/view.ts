import type { DocumentTerms } from "../../../domain/billing/draft.ts";
import {
  loadRecurring,
  type RecurringDocument,
} from "../../../domain/recurring/recurring.store.ts";
import { isAutoBilled, type Recurring } from "../../../domain/recurring/recurring.ts";
import { formatDecimal } from "../../../domain/shared/decimal.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Call, Outcome } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { discountView, taxView } from "../billing/view.ts";

export async function requireRecurring(
  call: Pick<Call, "tenant" | "params">,
): Promise<RecurringDocument> {
  const found = await loadRecurring(call.tenant, call.params.id ?? "");
  if (found) return found;
  throw new Refused(refuse("recurring.not-found", "There is no such recurring invoice."));
}

/** What a list row shows, and what every answer begins with. */
export function recurringRow(recurring: Recurring, agencyDueDays: number) {
  const { id, number, status, customer, isRetainer, currency, frequency, startOn } = recurring;
  const { cycles, cyclesLeft, issued, autoBill, autoBillOn, autoSend, lastError } = recurring;
  const { createdAt, updatedAt, version } = recurring;
  return {
    ...{ id, number, status, customer, isRetainer, currency },
    total: toMajor(recurring.total, currency),
    ...{ frequency, startOn, nextOn: recurring.nextOn, cycles, cyclesLeft, issued },
    ...{ autoBill, autoBillOn, autoBillActive: isAutoBilled(recurring), autoSend },
    dueDays: recurring.dueDays ?? agencyDueDays,
    ...{ lastError, createdAt, updatedAt, version },
  };
}

/** The answer of every call that returns a recurring invoice. */
export async function recurringReplyOf(
  call: Pick<Call, "agency">,
  { recurring, template }: RecurringDocument,
  status = 200,
): Promise<Pick<Outcome, "status" | "body">> {
  const { settings } = await call.agency();
  const row = recurringRow(recurring, settings.dueDays);
  return { status, body: { ...row, template: templateView(template) } };
}

function templateView(template: DocumentTerms) {
  const { customer, isRetainer, currency, lang, taxIncluded, header, terms, notes } = template;
  const major = (amount: number) => toMajor(amount, currency);
  return {
    ...{ customer, isRetainer, currency, lang },
    items: template.items.map((item) => ({
      name: item.name,
      description: item.description,
      quantity: formatDecimal(item.quantity, 6),
      price: major(item.price),
      discount: discountView(item.discount, currency),
      taxes: item.taxes ? item.taxes.map(taxView) : null,
    })),
    discount: discountView(template.discount ?? undefined, currency),
    taxes: template.taxes.map(taxView),
    taxIncluded,
    extraCharges: template.extraCharges.map(({ name, amount }) => ({
      name,
      amount: major(amount),
    })),
    extraFields: template.extraFields,
    ...{ header, terms, notes, tags: template.tags, shipTo: template.showShipTo },
    ...{ autoApply: template.autoApply, scope: template.scope },
    ...{ period: template.period, poNumber: template.poNumber },
  };
}

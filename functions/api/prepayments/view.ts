import { loadPrepayment } from "../../../domain/portal/prepayment.store.ts";
import type { Prepayment } from "../../../domain/portal/prepayment.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Call } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";

export function prepaymentView(prepayment: Prepayment) {
  const { position: _position, amount, ...shown } = prepayment;
  return { ...shown, amount: toMajor(amount, prepayment.currency) };
}

export async function requirePrepayment(
  call: Pick<Call, "tenant" | "params">,
): Promise<Prepayment> {
  const found = await loadPrepayment(call.tenant, call.params.id ?? "");
  if (found) return found;
  throw new Refused(refuse("prepayment.not-found", "There is no such pre-payment."));
}

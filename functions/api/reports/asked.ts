import type * as z from "zod";
import { addDays, dayIn, instantAt } from "../../../domain/shared/calendar.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import type { Call } from "../../kit/operation.ts";
import type { reportQuery } from "./schemas.ts";

export interface Asked {
  readonly asOf: string;
  readonly currency: Currency;
  readonly zone: string;
  /** The first instant after `asOf`. */
  readonly until: string;
}

/** Without a day it is the agency's today, without a currency the agency's own. */
export async function askedOf(
  call: Pick<Call, "agency" | "now">,
  query: z.output<typeof reportQuery>,
): Promise<Asked> {
  const { settings } = await call.agency();
  const { timeZone: zone } = settings;
  const { asOf = dayIn(call.now, zone), currency = settings.currency } = query;
  return { asOf, currency, zone, until: instantAt(addDays(asOf, 1), 0, zone) };
}

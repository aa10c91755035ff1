import { loadPrepayments } from "../../domain/portal/prepayment.store.ts";
import { loadSchedules } from "../../domain/recurring/recurring.store.ts";
import { isAutoBilled } from "../../domain/recurring/recurring.ts";
import { addDays } from "../../domain/shared/calendar.ts";
import { toMajor } from "../../domain/shared/money.ts";
import { equals, listPage } from "../kit/listing.ts";
import type { Call } from "../kit/operation.ts";
import { ownListing } from "./own-records.ts";

const readMax = 20;

/** What will be charged without the contact doing anything, the earliest first. */
export async function upcomingCharges(call: Call) {
  const { tenant } = call;
  const active = async (kind: string) => {
    const listing = { ...ownListing(call, kind), filters: [equals("status", "Active")] };
    const page = await listPage(tenant, { listing, query: { limit: readMax } }, ({ id }) =>
      String(id),
    );
    return page.docs;
  };
  const [{ settings }, ahead, repeated] = await Promise.all([
    call.agency(),
    active("PRE").then((ids) => loadPrepayments(tenant, ids)),
    active("REC").then((ids) => loadSchedules(tenant, ids)),
  ]);
  const prepayments = ahead.map(({ id, nextOn: on, amount, currency, note }) => ({
    ...{ kind: "prepayment" as const, id, on, currency, note },
    amount: toMajor(amount, currency),
  }));
  const recurring = repeated.filter(isAutoBilled).map((one) => {
    const { id, nextOn, currency, total, number, autoBillOn } = one;
    const wait = autoBillOn === "due" ? (one.dueDays ?? settings.dueDays) : 0;
    return {
      ...{ kind: "recurring" as const, id, currency, note: number },
      on: nextOn && addDays(nextOn, wait),
      amount: toMajor(total, currency),
    };
  });
  return [...prepayments, ...recurring]
    .flatMap(({ on, ...one }) => (on ? [{ ...one, on }] : []))
    .sort((a, b) => a.on.localeCompare(b.on));
}

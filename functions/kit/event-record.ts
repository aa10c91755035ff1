import { idFromSeed } from "../../domain/shared/id-seed.ts";
import type { Id } from "../../domain/shared/ids.ts";
import type { Also } from "../../domain/shared/journal.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import type { Desk } from "./operation.ts";

/** Reports a change that moved no money, in the same transaction. */
export function eventOf(
  call: Pick<Desk, "tenant" | "now" | "principal" | "seed">,
  event: {
    readonly type: string;
    readonly subject: string;
    readonly customer?: Id<"customer">;
    readonly data?: Record<string, unknown>;
    readonly also?: readonly Also[];
  },
): GuardedWrite {
  return saveEventRecord(call.tenant, {
    id: idFromSeed("event", call.seed(), 0),
    at: call.now,
    type: event.type,
    actor: call.principal.actor,
    subject: event.subject,
    customer: event.customer ?? null,
    also: [...(event.also ?? [])],
    data: event.data ?? null,
  });
}

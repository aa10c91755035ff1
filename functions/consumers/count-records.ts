import { type Counted, moveCount } from "../../domain/shared/counter.store.ts";
import {
  type GuardedWrite,
  type Item,
  loadItem,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import { everyEvent } from "../kit/dispatch.ts";
import { type Head, headsIn, loadHead } from "./heads.ts";

/**
 * Keeps the sums that lists answer as `total`. Each record remembers as what it was counted last, and at
 * which version, so that duplicates and late deliveries change nothing.
 */
export const countRecords = consumer({
  name: "any-event-count-records",
  on: [everyEvent],
  run: async (deps, envelope) => {
    if (!envelope.agency) return;
    const tenant = await deps.tenant(envelope.agency);
    for (const head of headsIn(envelope)) {
      await commitDecided(deps, tenant, () => recount(tenant, head));
    }
  },
});

/** A deleted record leaves a mark above every version, so that nobody counts it again. */
const goneVersion = Number.MAX_SAFE_INTEGER;

interface Mark {
  /** Counts the writes of the mark itself: two that decide at once can't both write. */
  readonly version: number;
  readonly recordVersion: number;
  readonly customer?: string | undefined;
  readonly as?: Counted | undefined;
}

async function recount(tenant: Tenant, head: Head): Promise<GuardedWrite[]> {
  const place = { pk: tenantKey(tenant, "COUNTED", head.id), sk: "COUNTED" };
  // The mark first: what the record says is then at least as new.
  const known = await loadItem(tenant, place);
  const before = known ? (known as unknown as Mark) : undefined;
  const record = await loadHead(tenant, head);
  const recordVersion = record ? Number(record.version) : goneVersion;
  if (before && before.recordVersion >= recordVersion) return [];
  const after: Mark = {
    version: (before?.version ?? 0) + 1,
    recordVersion,
    ...(record ? { as: countedAs(record), customer: customerIn(record) } : {}),
  };
  return [putVersioned(tenant, place, after), ...moves(tenant, head, { before, after })];
}

const customerIn = ({ customer }: Item): string | undefined =>
  customer === undefined ? undefined : String(customer);

/** What of a record lists count by. */
export function countedAs({ status, isRetainer, archived }: Item): Counted {
  return {
    ...(typeof status === "string" ? { status } : {}),
    ...(typeof isRetainer === "boolean" ? { isRetainer } : {}),
    ...(typeof archived === "boolean" ? { archived } : {}),
  };
}

function moves(
  tenant: Tenant,
  { id, kind }: Head,
  { before, after }: { readonly before: Mark | undefined; readonly after: Mark },
): GuardedWrite[] {
  const change = { before: before?.as, after: after.as };
  const agency = moveCount(tenant, { scope: { kind }, id }, change);
  const customers = new Set([before?.customer, after.customer]);
  return [
    ...agency,
    ...[...customers].flatMap((customer) => {
      if (customer === undefined) return [];
      return moveCount(
        tenant,
        { scope: { kind, customer }, id },
        {
          before: before?.customer === customer ? before.as : undefined,
          after: after.customer === customer ? after.as : undefined,
        },
      );
    }),
  ];
}

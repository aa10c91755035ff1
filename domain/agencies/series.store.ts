import {
  type GuardedWrite,
  loadItem,
  queryAll,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import {
  counterName,
  counterOf,
  type Numbering,
  type SeriesKind,
  seriesKeys,
  seriesKinds,
} from "./numbering.ts";

export interface Series {
  readonly kind: SeriesKind;
  readonly year: number;
}

const placeOf = (tenant: Pick<Tenant, "agency">, numbering: Numbering, { kind, year }: Series) => ({
  pk: tenantKey(tenant, "SERIES", seriesKeys[kind]),
  sk: counterOf(numbering, year),
});

/** The next number that the series has not given. */
export async function loadNextNumber(
  tenant: Tenant,
  numbering: Numbering,
  series: Series,
): Promise<number> {
  const item = await loadItem(tenant, placeOf(tenant, numbering, series));
  return Number(item?.next ?? 1);
}

/** Takes `value` from a series that stands at `next`; whoever was faster is told back as ALL_OLD. */
export function takeNumber(
  tenant: Tenant,
  { numbering, series }: { readonly numbering: Numbering; readonly series: Series },
  { next, value }: { readonly next: number; readonly value: number },
): GuardedWrite {
  return {
    write: {
      Update: {
        TableName: tenant.table,
        Key: placeOf(tenant, numbering, series),
        UpdateExpression: "SET #next = :after",
        ConditionExpression: next === 1 ? "attribute_not_exists(pk)" : "#next = :next",
        ExpressionAttributeNames: { "#next": "next" },
        ExpressionAttributeValues:
          next === 1 ? { ":after": value + 1 } : { ":after": value + 1, ":next": next },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    },
    ifRejected: "invoice.number-race",
  };
}

export interface Counter {
  readonly name: string;
  readonly next: number;
}

/** All counters of the agency: one a series, or one a series and year. */
export async function listCounters(tenant: Tenant): Promise<Counter[]> {
  const found = await Promise.all(
    seriesKinds.map(async (kind) => {
      const items = await queryAll(tenant, {
        KeyConditionExpression: "pk = :series",
        ExpressionAttributeValues: { ":series": tenantKey(tenant, "SERIES", seriesKeys[kind]) },
        ConsistentRead: true,
      });
      return items.map(({ sk, next }) => ({
        name: counterName(kind, String(sk)),
        next: Number(next),
      }));
    }),
  );
  return found.flat();
}

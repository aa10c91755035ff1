import { type GuardedWrite, queryAll, type Tenant, tenantKey } from "./table.store.ts";

/** Spread, so that the writers of one busy agency don't wait for each other. */
const shards = 8;

/** Where one sum is kept: a kind of records of the agency, or of one of its customers. */
export interface CounterScope {
  readonly kind: string;
  readonly customer?: string | undefined;
}

/** What a record counts as: its status, and for invoices whether it is a retainer. */
export interface Counted {
  readonly status?: string | undefined;
  readonly isRetainer?: boolean | undefined;
  readonly archived?: boolean | undefined;
}

const partitionOf = (tenant: Pick<Tenant, "agency">, { kind, customer }: CounterScope): string =>
  tenantKey(tenant, "COUNT", kind, ...(customer === undefined ? [] : [customer]));

/** One customer's records change one after the other anyway. */
function shardOf({ customer }: CounterScope, id: string): string {
  if (customer !== undefined) return "0";
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % shards;
  return String(sum);
}

const prefix = "n ";

/** An attribute says what it counts, as JSON, so that a sum can pick by field. */
const attributeOf = ({ status, isRetainer, archived }: Counted): string =>
  `${prefix}${JSON.stringify({ status, isRetainer, archived })}`;

/** Moves one record's share from what it counted as before to what it counts as now. */
export function moveCount(
  tenant: Tenant,
  { scope, id }: { readonly scope: CounterScope; readonly id: string },
  {
    before,
    after,
  }: { readonly before?: Counted | undefined; readonly after?: Counted | undefined },
): GuardedWrite[] {
  const steps = new Map<string, number>();
  if (before) steps.set(attributeOf(before), -1);
  if (after) steps.set(attributeOf(after), (steps.get(attributeOf(after)) ?? 0) + 1);
  const moved = [...steps].filter(([, step]) => step !== 0);
  if (moved.length === 0) return [];
  return [
    {
      write: {
        Update: {
          TableName: tenant.table,
          Key: { pk: partitionOf(tenant, scope), sk: shardOf(scope, id) },
          UpdateExpression: `ADD ${moved.map((_, index) => `#n${index} :n${index}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(
            moved.map(([name], index) => [`#n${index}`, name]),
          ),
          ExpressionAttributeValues: Object.fromEntries(
            moved.map(([, step], index) => [`:n${index}`, step]),
          ),
        },
      },
      ifRejected: "write.conflict",
    },
  ];
}

/** How many records of a kind match; what is not asked for matches anything. */
export async function loadCount(
  tenant: Tenant,
  scope: CounterScope,
  wanted: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const items = await queryAll(tenant, {
    KeyConditionExpression: "pk = :scope",
    ExpressionAttributeValues: { ":scope": partitionOf(tenant, scope) },
  });
  const counts = items.flatMap((item) =>
    Object.entries(item).filter(([name]) => name.startsWith(prefix) && matches(name, wanted)),
  );
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

function matches(attribute: string, wanted: Readonly<Record<string, unknown>>): boolean {
  const counted = JSON.parse(attribute.slice(prefix.length)) as Record<string, unknown>;
  return Object.entries(wanted).every(([name, value]) => counted[name] === value);
}

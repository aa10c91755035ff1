import { performance } from "node:perf_hooks";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { type DueReference, shardOf } from "../domain/shared/due.store.ts";
import { type Item, queryPage, tenantKey } from "../domain/shared/table.store.ts";
import { performDue } from "../functions/jobs/perform-due.ts";
import { anId } from "../test/support/builders.ts";
import { meter } from "../test/support/meter.ts";
import { type AnAgency, aShell, type Shell } from "../test/support/shell.ts";
import { foundNow } from "../test/support/ticking.ts";

export interface Drained {
  readonly items: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly writeUnitsPerItem: number;
  readonly readUnitsPerItem: number;
  /** From the tick to the small agency's last effect, with nobody else and behind the large one. */
  readonly smallAloneSeconds: number;
  readonly smallBehindSeconds: number;
}

const small = 100;
const large = 9_900;
const copiesPerBatch = 8;
const dueOn = "2027-03-02";
const before = "2027-03-01T09:00:00.000Z";
const noon = `${dueOn}T12:00:00.000Z`;

/** Recurring invoices that are all due in the same minute: a large agency's and a small one's. */
export async function measureDue(): Promise<Drained> {
  const shell = await aShell();
  const drainOf = async (counts: readonly number[], begin = () => {}): Promise<number[]> => {
    const agencies = await Promise.all(counts.map(() => shell.anotherAgency()));
    for (const [index, agency] of agencies.entries()) {
      await schedules(shell, agency, counts[index] ?? 0);
    }
    shell.clock.set(noon);
    begin();
    const ends = await drain(shell);
    shell.clock.set(before);
    return agencies.map(({ agency }) => ends.get(agency.id) ?? 0);
  };
  shell.clock.set(before);
  const [smallAlone = 0] = await drainOf([small]);
  const [smallBehind = 0, seconds = 0] = await drainOf([small, large]);
  const items = small + large;
  // The meter holds calls together, so what it counts isn't timed.
  const metered = meter(shell.table);
  await drainOf([small], metered.start);
  const { writeUnits, readUnits } = metered.stop();
  return {
    ...{ items, seconds, perSecond: Math.round(items / seconds) },
    ...{ smallAloneSeconds: smallAlone, smallBehindSeconds: smallBehind },
    ...{ writeUnitsPerItem: writeUnits / small, readUnitsPerItem: readUnits / small },
  };
}

/** One over the API; the others are its copies, written past the handlers for speed. */
async function schedules(shell: Shell, { call, tenant }: AnAgency, count: number): Promise<void> {
  const { body: customer } = await call("POST", "/v1/customers", { billTo: { company: "Acme" } });
  const { body } = await call("POST", "/v1/recurring-invoices", {
    template: { customer: customer.id, items: [{ name: "Care", quantity: 1, price: 100 }] },
    ...{ frequency: "monthly", startOn: dueOn, status: "Active", autoSend: false, catchUp: true },
  });
  const { items } = await queryPage(tenant, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": tenantKey(tenant, "REC", body.id) },
  });
  for (let made = 1; made < count; made += copiesPerBatch) {
    const copies = Math.min(copiesPerBatch, count - made);
    const written = Array.from({ length: copies }, () => copyOf(items, body.id)).flat();
    await shell.table.db.send(
      new BatchWriteCommand({
        RequestItems: { [shell.table.table]: written.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
  }
}

function copyOf(items: readonly Item[], id: string): Item[] {
  const copy = anId("recurring");
  const copied = JSON.parse(JSON.stringify(items).replaceAll(id, copy)) as Item[];
  return copied.map((item) =>
    item.dueShard === undefined ? item : { ...item, dueShard: shardOf(copy) },
  );
}

/** A line per agency, as the queue keeps them. Seconds from the tick to each line's end. */
async function drain({ deps }: Shell): Promise<ReadonlyMap<string, number>> {
  const startMs = performance.now();
  const lines = Map.groupBy(await foundNow(deps), ({ agency }) => agency);
  const ends = new Map<string, number>();
  const work = async ([agency, line]: [string, DueReference[]]): Promise<void> => {
    let done = 0;
    for (const due of line) done += await performDue(deps, due);
    if (done !== line.length) throw new Error(`${done} of ${line.length} due items had an effect`);
    ends.set(agency, (performance.now() - startMs) / 1_000);
  };
  await Promise.all([...lines].map(work));
  return ends;
}

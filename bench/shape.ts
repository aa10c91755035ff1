import { meter } from "../test/support/meter.ts";
import { aScene, operations } from "./scene.ts";
import { type Units, unitsOf } from "./units.ts";

export interface Shape {
  readonly name: string;
  readonly before: Units;
  readonly after: Units;
}

const few = 30;
const times = 100;
const atOnce = 60;

/** What the same request costs once there is a hundred times as much: it must be the same. */
export async function measureShape(): Promise<Shape[]> {
  const scene = await aScene();
  const metered = meter(scene.shell.table);
  const fill = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += atOnce) {
      const now = Math.min(atOnce, count - done);
      await Promise.all(Array.from({ length: now }, () => scene.draft()));
    }
  };
  const measure = async (): Promise<Units[]> => {
    const rows: Units[] = [];
    const fresh = await scene.another();
    for (const operation of operations.filter(({ isOutside }) => !isOutside)) {
      rows.push(await unitsOf(operation, fresh, metered, fresh.customer));
    }
    const next = (await scene.shell.call("GET", "/v1/invoices?limit=20")).body.next;
    const path = `/v1/invoices?limit=20&after=${next}`;
    const prepare = async () => ["GET", path] as const;
    rows.push(await unitsOf({ name: "list 20 more", kind: "read", prepare }, fresh, metered));
    return rows;
  };
  await fill(few);
  const before = await measure();
  await fill(few * (times - 1));
  const after = await measure();
  await scene.close();
  return before.flatMap((one, index) => {
    const then = after[index];
    return then ? [{ name: one.name, before: one, after: then }] : [];
  });
}

import { type Metered, meter } from "./meter.ts";
import { aScene, type Measured, operations } from "./scene.ts";

export interface Units extends Metered {
  readonly name: string;
  readonly kind: Measured["kind"];
}

/** Storage units and round trips of each operation, authentication included. */
export async function measureUnits(): Promise<Units[]> {
  const scene = await aScene();
  const metered = meter(scene.shell.table);
  const rows: Units[] = [];
  for (const { name, kind, prepare } of operations) {
    const [method, path, body] = await prepare(scene);
    metered.start();
    const headers = kind === "write" ? { "idempotency-key": `bench ${name}` } : {};
    const answer = await scene.shell.call(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
    rows.push({ name, kind, ...metered.stop() });
  }
  return rows;
}

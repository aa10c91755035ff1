import { type Metered, meter } from "../test/support/meter.ts";
import { aScene, type Measured, operations, type Scene } from "./scene.ts";

export interface Units extends Metered {
  readonly name: string;
  readonly kind: Measured["kind"];
}

/** Storage units and round trips of each operation, authentication included. */
export async function measureUnits(): Promise<Units[]> {
  const scene = await aScene();
  const metered = meter(scene.shell.table);
  const rows: Units[] = [];
  for (const operation of operations) rows.push(await unitsOf(operation, scene, metered));
  await scene.close();
  return rows;
}

/** The one request of an operation; what it is prepared with is not counted. */
export async function unitsOf(
  { name, kind, prepare }: Measured,
  scene: Scene,
  metered: ReturnType<typeof meter>,
  key = "bench",
): Promise<Units> {
  const [method, path, body, more] = await prepare(scene);
  const headers = kind === "write" ? { "idempotency-key": `${key} ${name}`, ...more } : more;
  metered.start();
  const answer = await scene.shell.call(method, path, body, headers);
  if (answer.status >= 300) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
  return { name, kind, ...metered.stop() };
}

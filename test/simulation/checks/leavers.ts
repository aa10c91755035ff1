import { gunzipSync } from "node:zlib";
import type { Item } from "../storage.ts";
import type { World } from "../world.ts";

/** Nobody who was erased is told of anywhere, and none who left comes in. */
export async function leaverProblems(world: World): Promise<string[]> {
  const { facts, storage } = world;
  const texts = [...storage.mirror].map(([key, item]) => [key, textOf(item)] as const);
  const problems = facts.erased.flatMap((email) =>
    texts.filter(([, text]) => text.includes(email)).map(([key]) => `${key} names ${email}`),
  );
  for (const who of facts.shutOut) {
    const { status } = await world.ask(who, "GET", "/portal/me");
    if (status !== 401) problems.push(`somebody who left comes in: ${status}`);
  }
  return problems;
}

/** Answers under idempotency keys are packed. */
function textOf(item: Item): string {
  const packed = Object.values(item).filter((value) => value instanceof Uint8Array);
  const unpacked = packed.map((value) => unpack(value as Uint8Array));
  return [JSON.stringify(item), ...unpacked].join(" ").toLowerCase();
}

function unpack(value: Uint8Array): string {
  const isPacked = value[0] === 0x1f && value[1] === 0x8b;
  return isPacked ? gunzipSync(value).toString("utf8") : Buffer.from(value).toString("utf8");
}

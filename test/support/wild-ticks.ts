import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { expect } from "vitest";
import { performDue } from "../../functions/jobs/perform-due.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import type { Shell } from "./shell.ts";
import { foundNow } from "./ticking.ts";

/** A process that dies before or after its n-th call to storage, and answers nothing after that. */
function dying({ deps }: Pick<Shell, "deps">, calls: number, isAfter: boolean): Deps {
  let left = calls;
  const wrap = (db: DynamoDBDocumentClient): DynamoDBDocumentClient =>
    new Proxy(db, {
      get: (target, name) => {
        if (name !== "send") return Reflect.get(target, name);
        return async (command: unknown) => {
          left -= 1;
          if (left < 0 || (left === 0 && !isAfter)) throw new Error("the process died");
          const answer = await target.send(command as never);
          if (left === 0) throw new Error("the process died");
          return answer;
        };
      },
    });
  return {
    ...deps,
    platform: { ...deps.platform, db: wrap(deps.platform.db) },
    tenant: async (agency) => {
      const tenant = await deps.tenant(agency);
      return { ...tenant, db: wrap(tenant.db) };
    },
  };
}

const tickOf = async (deps: Deps): Promise<void> => {
  for (const due of await foundNow(deps)) await performDue(deps, due);
};

export interface WildTick {
  /** Since the one before. */
  readonly hours: number;
  readonly how: "missing" | "twice" | "overlapping" | "dies-before" | "dies-after";
  /** The call to storage at which it dies. */
  readonly calls: number;
}

/** Histories of ticks in their ways to go wrong; up to ten days lie between two. */
export const wildTicks: fc.Arbitrary<WildTick[]> = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 240 }),
    how: fc.constantFrom("missing", "twice", "overlapping", "dies-before", "dies-after"),
    calls: fc.integer({ min: 1, max: 25 }),
  }),
  { minLength: 3, maxLength: 8 },
);

/** What is thrown is what a process that died would have left. */
export async function wildTick(
  shell: Pick<Shell, "deps">,
  { how, calls }: WildTick,
): Promise<void> {
  if (how === "twice") await tickOf(shell.deps).then(() => tickOf(shell.deps));
  if (how === "overlapping") await Promise.all([tickOf(shell.deps), tickOf(shell.deps)]);
  if (how === "dies-before" || how === "dies-after") {
    const died = tickOf(dying(shell, calls, how === "dies-after"));
    await died.catch((error: unknown) => expect(String(error)).toMatch(/died/));
  }
}

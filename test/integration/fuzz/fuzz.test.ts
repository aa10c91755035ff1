import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Route } from "../../../functions/kit/route.ts";
import { routes } from "../../../functions/routes.ts";
import { digestOf } from "../../support/digest.ts";
import type { Answer } from "../../support/shell.ts";
import { countWrites, type Watched, watchChanges } from "../../support/writes.ts";
import { departures } from "./document.ts";
import type { Examples } from "./generated.ts";
import { nonsenseFor, requestsFor } from "./requests.ts";
import { aFuzzWorld, type FuzzWorld, type Sent } from "./world.ts";

/**
 * Every route of the OpenAPI document with valid, nearly valid and hostile requests: never a 500, nothing
 * changed by a refusal, every answer as the document promises. `FUZZ_RUNS` tries more per route (2),
 * `FUZZ_SEED` others (a failure names its own).
 */
const numRuns = Number(process.env.FUZZ_RUNS ?? 2);
const seed = Number(process.env.FUZZ_SEED ?? 20_270_301);

interface Fuzzed extends FuzzWorld {
  readonly accepted: () => number;
  readonly watched: Watched;
}

/** Whatever changed, somebody did it, from somewhere: each record of it says so. */
function expectTold(
  { watched }: Fuzzed,
  { auth }: Route,
  before: { changes: number; records: number },
) {
  if (watched.changes() === before.changes) return;
  const written = watched.records().slice(before.records);
  expect(written).not.toEqual([]);
  const actor = { key: "apiKey", contact: "contact", none: "" }[auth];
  for (const record of written) {
    expect(record).toMatchObject({ at: expect.any(String), origin: { ip: "192.0.2.1" } });
    if (actor) expect(record.actor).toHaveProperty(actor);
  }
}

async function check(world: Fuzzed, route: Route, request: Sent): Promise<Answer> {
  const before = world.accepted();
  const { watched } = world;
  const told = { changes: watched.changes(), records: watched.records().length };
  const answer = await world.send(route, request);
  const errors = world.shell.errors.splice(0);
  expect({ status: answer.status, errors }).toEqual({ status: answer.status, errors: [] });
  expect(answer.status).toBeLessThan(500);
  expect(departures(route, answer)).toEqual([]);
  if (answer.status >= 400) expect(world.accepted()).toBe(before);
  expectTold(world, route, told);
  return answer;
}

const params = { seed, endOnFailure: true };

/** Commands that may succeed: what they refuse must not have written. */
async function tryCommands(world: Fuzzed, route: Route, examples: Examples): Promise<void> {
  const property = fc.asyncProperty(requestsFor(route, examples), async (request) => {
    await check(world, route, request);
  });
  await fc.assert(property, { ...params, numRuns: Math.ceil(numRuns / 2) });
}

/** Nonsense: the whole partition of the agency is the same before and after what is refused. */
async function tryNonsense(world: Fuzzed, route: Route, examples: Examples): Promise<void> {
  const { table, agency } = world.shell;
  let before = await digestOf(table, agency.id);
  let refusals = 0;
  const property = fc.asyncProperty(nonsenseFor(route, examples), async (request) => {
    const written = world.accepted();
    await check(world, route, request);
    refusals += 1;
    if (world.accepted() === written) return;
    before = await digestOf(table, agency.id);
    refusals = 0;
  });
  await fc.assert(property, { ...params, numRuns: Math.floor(numRuns / 2) });
  if (refusals > 0) expect(await digestOf(table, agency.id)).toBe(before);
}

/** A world is left after some routes: the digests of a full table take long. */
const routesPerWorld = 10;
const groups = Array.from({ length: Math.ceil(routes.length / routesPerWorld) }, (_, n) =>
  routes.slice(n * routesPerWorld, (n + 1) * routesPerWorld),
);

describe.each(groups.map((group) => ({ group })))(
  "$group.0.path and its neighbours",
  ({ group }) => {
    let world: Fuzzed;
    let examples: Examples | undefined;

    beforeAll(async () => {
      const made = await aFuzzWorld();
      const { table } = made.shell;
      world = { ...made, accepted: countWrites(table), watched: watchChanges(table) };
    });
    afterAll(() => world.close());

    test.each(group.map((route) => [`${route.method} ${route.path}`, route] as const))(
      "%s stands whatever is sent",
      async (_name, route) => {
        // What only reads leaves the records to the next.
        examples ??= await world.examples();
        const given = examples;
        if (route.method !== "GET") examples = undefined;
        await tryCommands(world, route, given);
        await tryNonsense(world, route, given);
      },
    );
  },
);

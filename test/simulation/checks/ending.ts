import { isDeepStrictEqual } from "node:util";
import type { Envelope } from "../../../events/envelope.ts";
import { zoneOf } from "../actors/by-clock.ts";
import { Broken } from "../broken.ts";
import { needOf, takesMoney } from "../model/books.ts";
import { instantOf, plusDays } from "../model/days.ts";
import type { World } from "../world.ts";
import { type Head, headsOf } from "./heads.ts";
import { leaverProblems } from "./leavers.ts";
import { mailProblems } from "./mails.ts";

/** What must hold when everything that was on its way has arrived. */
export async function requireGoodEnding(world: World, isFocused: boolean): Promise<void> {
  const problems = [
    ...(await mirrorProblems(world)),
    ...(await stripeProblems(world)),
    ...untoldProblems(world),
    ...(await leaverProblems(world)),
    ...publishProblems(world),
    ...(isFocused ? [] : reactionProblems(world)),
  ];
  if (problems.length > 0) throw new Broken(problems.slice(0, 20).join("\n"));
}

/** Who is late is told so, also whoever became so by an old due day. */
function untoldProblems(world: World): string[] {
  const { books, facts, storage, clock } = world;
  const { timeZone } = zoneOf(world);
  return headsOf(storage.mirror, "INV").flatMap(({ id, dueDate }) => {
    const document = books.documents.get(id);
    if (!document) return [];
    const isLate = instantOf(plusDays(dueDate, 1), 0, timeZone) < clock.now();
    const isUntold = isLate && takesMoney(books, document) && needOf(books, document) > 0;
    const isTold = facts.told.has(`invoice.overdue ${id} `);
    return isUntold && !isTold ? [`nobody is told: ${id}`] : [];
  });
}

/** What mails, counters, words and the feed have made of it. */
function reactionProblems(world: World): string[] {
  return [
    ...countProblems(world),
    ...wordProblems(world),
    ...mailProblems(world),
    ...feedProblems(world),
    ...eventProblems(world),
  ];
}

/** The checks read the table through a mirror: here it is compared with the table itself. */
async function mirrorProblems({ storage }: World): Promise<string[]> {
  const table = await storage.scan();
  const keys = new Set([...table.keys(), ...storage.mirror.keys()]);
  return [...keys]
    .filter((key) => !isDeepStrictEqual(table.get(key), storage.mirror.get(key)))
    .map((key) => `${key} is not what was seen of it`);
}

const kinds = ["CUS", "INV", "QUO", "PAY", "CRE", "REC", "PRE"] as const;

/** Counters, added up anew from the records. */
function countProblems({ storage, agency }: World): string[] {
  const { mirror } = storage;
  return kinds.flatMap((kind) => {
    const expected = new Map<string, number>();
    for (const head of headsOf(mirror, kind)) {
      const { status, isRetainer, archived, customer } = head;
      const as = JSON.stringify({ status, isRetainer, archived });
      for (const scope of customer ? [kind, `${kind}#${customer}`] : [kind]) {
        const key = `${scope} ${as}`;
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
    }
    const stored = storedCounts(mirror, `A#${agency}#COUNT#`, kind);
    return differences(`counter ${kind}`, stored, expected);
  });
}

function storedCounts(mirror: ReadonlyMap<string, Head>, prefix: string, kind: string) {
  const counts = new Map<string, number>();
  for (const item of mirror.values()) {
    const scope = String(item.pk).startsWith(prefix) ? String(item.pk).slice(prefix.length) : "";
    if (scope !== kind && !scope.startsWith(`${kind}#`)) continue;
    for (const [name, count] of Object.entries(item)) {
      if (!name.startsWith("n ")) continue;
      const key = `${scope} ${name.slice(2)}`;
      counts.set(key, (counts.get(key) ?? 0) + Number(count));
    }
  }
  return counts;
}

function differences(
  what: string,
  stored: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
): string[] {
  const keys = new Set([...stored.keys(), ...expected.keys()]);
  return [...keys]
    .filter((key) => (stored.get(key) ?? 0) !== (expected.get(key) ?? 0))
    .map((key) => `${what}: ${key} is ${stored.get(key) ?? 0}, not ${expected.get(key) ?? 0}`);
}

const wordsIn = (text: unknown): string[] =>
  text
    ? (String(text)
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? [])
    : [];

/** Search words, made anew from the records. */
function wordProblems(world: World): string[] {
  const { mirror } = world.storage;
  const names = new Map(headsOf(mirror, "CUS").map(({ id, billTo }) => [id, billTo.company]));
  return kinds.flatMap((kind) => {
    const expected = headsOf(mirror, kind).flatMap((head) => {
      const { id, number, tags = [], reference, customer, billTo } = head;
      const paper = kind === "PAY" ? `PAY-${id.slice(-8)}` : number;
      const own = kind === "CUS" ? [billTo.company, billTo.email] : [names.get(customer)];
      const words = [paper, reference, ...own, ...tags].flatMap(wordsIn);
      return [...new Set(words)].map((word) => `${word}#${id}`);
    });
    const pk = `A#${world.agency}#S#${kind}`;
    const stored = [...mirror.values()]
      .filter((item) => item.pk === pk)
      .map(({ sk }) => String(sk));
    const both = (one: readonly string[], other: readonly string[]) => {
      const known = new Set(other);
      return one.filter((word) => !known.has(word));
    };
    return [
      ...both(expected, stored).map((word) => `search does not know ${word}`),
      ...both(stored, expected).map((word) => `search still knows ${word}`),
    ];
  });
}

/** What is committed is published, with all that it caused beside itself, once. */
function publishProblems({ bus, storage }: World): string[] {
  const outbox = [...storage.mirror.values()].filter(({ sk }) => /^[EJ]#/.test(String(sk)));
  const wanted = outbox.flatMap(({ id, also }) => [
    String(id),
    ...((also as unknown[] | undefined) ?? []).map((_, index) => `${String(id)}.${index + 1}`),
  ]);
  const ids = new Set(bus.published.map(({ id }) => id));
  return wanted.filter((id) => !ids.has(id)).map((id) => `${id} was never published`);
}

/** Agencies read every event once. */
function feedProblems({ bus, storage, agency }: World): string[] {
  const kept = [...storage.mirror.values()].filter(({ pk }) => pk === `A#${agency}#FEED`);
  const isOwn = ({ agency: owner, type }: Envelope) =>
    owner === agency && !type.startsWith("session.");
  const published = bus.published.filter(isOwn);
  const ids = new Set(kept.map(({ id }) => id));
  return [
    ...(kept.length === published.length
      ? []
      : [`${kept.length} events are kept of ${published.length}`]),
    ...published
      .filter(({ id }) => !ids.has(id))
      .map(({ id, type }) => `${type} ${id} is not kept`),
  ];
}

/** Each accepted command has told what it did. */
function eventProblems({ bus, facts }: World): string[] {
  const told = new Set(bus.published.map(({ type, subject }) => `${type} ${subject}`));
  const missing = facts.events.filter(({ type, subject }) => !told.has(`${type} ${subject}`));
  return missing.map(({ type, subject }) => `nobody heard of ${type} of ${subject}`);
}

const listed = async (world: World, path: string): Promise<Head[]> => {
  const all: Head[] = [];
  for (let isMore = true; isMore; ) {
    const after = all.length > 0 ? `&starting_after=${all.at(-1)?.id}` : "";
    const page = await world.stripe.look(world.facts.account, `${path}?limit=100${after}`);
    all.push(...page.data);
    isMore = page.has_more;
  }
  return all;
};

/** Stripe's money and ours are the same money. */
async function stripeProblems(world: World): Promise<string[]> {
  const { books, facts } = world;
  // What becomes of money on an account that was taken from us nobody here learns.
  if (facts.lost.has(facts.account) || facts.account === "") return [];
  const heads = headsOf(world.storage.mirror, "PAY");
  const intents = await listed(world, "/v1/payment_intents");
  const disputes = await listed(world, "/v1/disputes");
  const refunds = await listed(world, "/v1/refunds");
  const times = new Map<string, number>();
  for (const { metadata } of intents) {
    times.set(metadata.intent, (times.get(metadata.intent) ?? 0) + 1);
  }
  const twice = [...times].filter(([, count]) => count > 1);
  const ofIntent = (name: string) => heads.find(({ stripe }) => stripe?.paymentIntent === name);
  return [
    ...twice.map(([id, count]) => `${id} was asked of Stripe ${count} times`),
    ...intents.flatMap(({ id, status, metadata, amount_received: amount }) => {
      const payment = books.payments.get(metadata.intent);
      const isReceived = payment?.state === "Received";
      if (status !== "succeeded") return isReceived ? [`${id} is ${status}, ours received`] : [];
      const isOurs = ofIntent(id)?.id === metadata.intent && payment?.amount === amount;
      return isReceived && isOurs ? [] : [`${id} over ${amount} is not booked`];
    }),
    ...disputes.flatMap(({ id, status, payment_intent: intent }) => {
      const payment = books.payments.get(ofIntent(intent)?.id);
      const ours = payment?.disputes[id];
      if (!ours) return [`${id} is not booked`];
      const end = { won: "won", lost: "lost", warning_closed: "inquiry-closed" }[String(status)];
      const isOut = status === "needs_response";
      const isRight = ours.end === (end ?? null) && ours.isOut === isOut;
      return isRight ? [] : [`${id} is ${status}, ours ${JSON.stringify(ours)}`];
    }),
    ...refunds.flatMap(({ id, status, payment_intent: intent }) => {
      const own = ofIntent(intent)?.refunds?.find((one: Head) => one.stripe === id);
      const expected = { succeeded: "Succeeded", failed: "Failed" }[String(status)] ?? "Pending";
      if (!own) return expected === "Failed" ? [] : [`refund ${id} is not booked`];
      return own.status === expected ? [] : [`refund ${id} is ${status}, ours ${own.status}`];
    }),
    ...heads
      .filter(({ status, stripe }) => status === "Pending" && stripe === undefined)
      // A debit may be on its way when the history ends.
      .filter(({ id }) => !intents.some(({ metadata }) => metadata.intent === id))
      .filter(({ id }) => facts.intents.get(id)?.account === facts.account)
      .map(({ id }) => `${id} was never charged`),
  ];
}

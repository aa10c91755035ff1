import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Envelope } from "../../../events/envelope.ts";
import { type Bus, openBus } from "../../../local/bus.ts";
import { aClock, aFolder, aLog, anEnvelope } from "./support.ts";

const mailer = { name: "mailer", on: ["invoice.*"] };
const counter = { name: "counter", on: ["invoice.issued", "payment.received"] };

function aBus(
  deliver: (consumer: string, envelope: Envelope) => Promise<void>,
  over: { folder?: string; consumers?: readonly (typeof mailer)[] } = {},
) {
  const folder = over.folder ?? aFolder();
  const clock = aClock(folder);
  const log = aLog();
  const consumers = over.consumers ?? [mailer, counter];
  const bus = openBus({ file: join(folder, "bus.jsonl"), consumers, deliver, clock, log });
  return { bus, clock, log, folder };
}

/** Notes what came, and fails as often as told. */
function aReceiver(failures = 0) {
  const seen: string[] = [];
  let left = failures;
  const deliver = async (consumer: string, { id }: Envelope) => {
    seen.push(`${consumer} ${id}`);
    if (left === 0) return;
    left -= 1;
    throw new Error("not now");
  };
  return { seen, deliver };
}

async function failedOnce(bus: Bus, seen: readonly string[]): Promise<void> {
  const first = seen.length;
  while (seen.length === first || bus.pending === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("the bus", () => {
  it("gives each consumer the events that it asked for", async () => {
    const { seen, deliver } = aReceiver();
    const { bus } = aBus(deliver);
    bus.put([anEnvelope(1, "invoice.issued"), anEnvelope(2, "invoice.paid")]);
    bus.put([anEnvelope(3, "payment.received"), anEnvelope(4, "customer.created")]);
    await bus.settle();
    expect(seen.toSorted()).toEqual([
      "counter evt_1",
      "counter evt_3",
      "mailer evt_1",
      "mailer evt_2",
    ]);
  });

  it("waits for the clock before it tries again", async () => {
    const { seen, deliver } = aReceiver(1);
    const { bus, clock } = aBus(deliver, { consumers: [mailer] });
    bus.put([anEnvelope(1)]);
    await failedOnce(bus, seen);
    expect(await bus.retries.next(clock.now())).toBe("2027-03-01T09:00:02.000Z");
    expect(await bus.retries.run()).toBe(0);
    clock.moveTo("2027-03-01T09:00:02.000Z");
    expect(await bus.retries.run()).toBe(1);
    await bus.settle();
    expect(seen).toEqual(["mailer evt_1", "mailer evt_1"]);
    expect(bus.pending).toBe(0);
  });

  it("settles without waiting for the clock", async () => {
    const { seen, deliver } = aReceiver(3);
    const { bus } = aBus(deliver, { consumers: [mailer] });
    bus.put([anEnvelope(1)]);
    await bus.settle();
    expect(seen).toHaveLength(4);
    expect(bus.deadLetters).toEqual([]);
  });

  it("gives up after five tries, keeps the letter and logs one line", async () => {
    const { seen, deliver } = aReceiver(99);
    const { bus, log, folder } = aBus(deliver, { consumers: [mailer] });
    bus.put([anEnvelope(1)]);
    await bus.settle();
    expect(seen).toHaveLength(5);
    expect(bus.pending).toBe(0);
    expect(log.errors).toEqual(["an event is given up"]);
    await bus.stop();
    const { bus: again } = aBus(deliver, { folder, consumers: [mailer] });
    expect(again.deadLetters).toMatchObject([
      { consumer: "mailer", tries: 5, error: "not now", envelope: { id: "evt_1" } },
    ]);
  });

  it("does not hold the database's trouble against the message", async () => {
    let tries = 0;
    const { bus } = aBus(
      async () => {
        tries += 1;
        if (tries < 12) throw Object.assign(new Error("busy"), { code: "write.conflict" });
      },
      { consumers: [mailer] },
    );
    bus.put([anEnvelope(1)]);
    await bus.settle();
    expect(tries).toBe(12);
    expect(bus.deadLetters).toEqual([]);
  });

  it("delivers after a crash what was taken before it, and nothing that was done", async () => {
    const folder = aFolder();
    const done = Promise.withResolvers<void>();
    const { bus } = aBus(
      async (_, { id }) => {
        // The process dies while the second is being delivered.
        if (id === "evt_2") await new Promise(() => done.resolve());
      },
      { folder, consumers: [mailer] },
    );
    bus.put([anEnvelope(1), anEnvelope(2)]);
    await done.promise;
    const { seen, deliver } = aReceiver();
    const { bus: again } = aBus(deliver, { folder, consumers: [mailer] });
    await again.settle();
    expect(seen).toEqual(["mailer evt_2"]);
  });

  it("keeps its file short", async () => {
    const { seen, deliver } = aReceiver();
    const { bus, folder } = aBus(deliver, { consumers: [mailer] });
    for (let n = 0; n < 6_000; n += 1) bus.put([anEnvelope(n)]);
    await bus.settle();
    await bus.stop();
    expect(seen).toHaveLength(6_000);
    const { readFileSync } = await import("node:fs");
    const lines = readFileSync(join(folder, "bus.jsonl"), "utf8").split("\n").length;
    expect(lines).toBeLessThan(6_000);
  });

  it("delivers at most eight at a time", async () => {
    let active = 0;
    let most = 0;
    const { bus } = aBus(
      async () => {
        active += 1;
        most = Math.max(most, active);
        await new Promise((resolve) => setImmediate(resolve));
        active -= 1;
      },
      { consumers: [mailer] },
    );
    bus.put(Array.from({ length: 40 }, (_, n) => anEnvelope(n)));
    await bus.settle();
    expect(most).toBe(8);
  });
});

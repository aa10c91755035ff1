import { createHash } from "node:crypto";
import { createAgency } from "../../functions/kit/bootstrap.ts";
import type { Consumer } from "../../functions/kit/consumer.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import { deleteTable } from "../../local/table.ts";
import { testTable } from "../support/database.ts";
import { type Answer, handle, type Json } from "./api.ts";
import { Broken } from "./broken.ts";
import { type Bus, createBus } from "./bus.ts";
import { aheadProblems } from "./checks/aheads.ts";
import { noteDuties } from "./checks/clockwork.ts";
import { customerProblems } from "./checks/customers.ts";
import { headProblems } from "./checks/heads.ts";
import { addRecord, emptyJournal, type Journal, type JournalRecord } from "./checks/journal.ts";
import { expectMails, requireMails } from "./checks/mails.ts";
import { numberProblems } from "./checks/numbers.ts";
import { scheduleProblems } from "./checks/schedules.ts";
import { type Clock, clockAt, dayIn } from "./clock.ts";
import { type Dice, diceFor } from "./dice.ts";
import { type Facts, newFacts, staffEmail } from "./facts.ts";
import { calm, createMachine, type Machine, type Process } from "./machine.ts";
import { type Books, emptyBooks, type Refusal } from "./model/books.ts";
import { createStorage, type Storage } from "./storage.ts";
import { openStripe, type StripeSide, webhookSecret } from "./stripe-side.ts";

export interface SentMail {
  readonly id: string;
  readonly to: string;
  /** The consumer that wrote it, and the event that made it do so. */
  readonly cause: string;
}

/** Who asks: an agency's key, or a visitor of the portal with a cookie. */
export interface Who {
  readonly headers: Readonly<Record<string, string>>;
}

/** What becomes of records that no caller asked for, by the record's type. */
export type Follow = (world: World, record: JournalRecord) => Promise<void>;

/** The same of an event that moved no money. */
export type FollowEvent = (
  world: World,
  event: Pick<JournalRecord, "type" | "subject" | "customer" | "at" | "actor" | "data">,
) => void | Promise<void>;

export interface World {
  readonly seed: string;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly storage: Storage;
  readonly bus: Bus;
  readonly stripe: StripeSide;
  readonly mails: SentMail[];
  readonly trace: string[];
  journal: Journal;
  readonly staff: Who;
  readonly agency: string;
  readonly timeZone: string;
  facts: Facts;
  /** What broke where nobody could be told: inside a webhook. */
  failure: Error | undefined;
  /** The records and events that were followed. */
  readonly told: Set<string>;
  /** A caller waits for its answer: what is written meanwhile is what it asked for. */
  isAsking: boolean;
  books: Books;
  /** The step's own dice: the same for the step whatever the steps before it did. */
  dice: Dice;
  today(): string;
  note(line: string): void;
  depsFor(process: Process): Deps;
  ask(who: Who, method: string, path: string, body?: unknown): Promise<Answer>;
  /** The model decides the same command: both accept, or both refuse. */
  decide(answer: Answer, move: (books: Books) => Refusal): boolean;
  /** Reads what was written and follows it; says whether money or a schedule may have moved. */
  check(): Promise<boolean>;
  /** The same in two steps, for whoever has to try in which order things happened. */
  look(): Promise<Written>;
  follow(written: Written): Promise<void>;
  requirePromises(): void;
  beginStep(index: number): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly seed: string;
  readonly start: string;
  readonly timeZone: string;
  readonly currency: "USD" | "EUR" | "JPY";
  readonly follow: Readonly<Record<string, Follow>>;
  readonly followEvents: Readonly<Record<string, FollowEvent>>;
  /** What a consumer does later in the name of whoever asked for it. */
  readonly followDelayed: Readonly<Record<string, FollowEvent>>;
  /** Every record, whoever asked for it. */
  readonly note: (world: World, record: JournalRecord) => void;
  readonly consumers: readonly Consumer[];
}

const triesMax = 12;

export async function openWorld(options: WorldOptions): Promise<World> {
  const { seed, timeZone } = options;
  const trace: string[] = [];
  const note = (line: string): void => void trace.push(line);
  const clock = clockAt(options.start);
  const machine = createMachine(clock, diceFor(`${seed} faults`), note);
  const made = await testTable();
  const storage = createStorage(machine, made);
  const mails: SentMail[] = [];
  let random = diceFor(`${seed} ids`);
  const stripe = await openStripe(
    machine,
    (bytes) => random.bytes(bytes),
    (body, headers) => webhook(body, headers),
  );
  const depsFor = (process: Process): Deps => {
    const db = storage.clientFor(process);
    const { table } = made;
    return {
      config: {
        ...{ table, isProduction: false },
        publicUrl: "http://drawdown.test",
        mailFrom: "billing@drawdown.test",
      },
      now: clock.now,
      random: (bytes) => random.bytes(bytes),
      wait: async (ms) => clock.advance(Math.ceil(ms)),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      platform: { db, table },
      tenant: async (agency) => ({ agency, db, table }),
      stripe: async () => stripe.gatewayFor(process),
      webhookSecret: async () => webhookSecret,
      fileLinks: () => Promise.reject(new Error("no step of the simulation has files")),
      files: () => Promise.reject(new Error("no step of the simulation has files")),
      sendMail: async (mail) => {
        const text = Buffer.from(mail.raw).toString("latin1");
        const id = /^message-id: (\S+)/im.exec(text)?.[1] ?? "";
        mails.push({ id, to: mail.to.join(), cause: process.cause });
        process.mail = id;
        note(`  mail ${id} to ${mail.to.join()}`);
      },
      putEvents: () => Promise.reject(new Error("only the publisher puts events")),
      sendDue: () => Promise.reject(new Error("the clock hands over by itself")),
    };
  };
  const first = machine.start();
  const { agency, apiKey } = await createAgency(depsFor(first), {
    ...{ name: "Studio North", email: staffEmail, currency: options.currency, timeZone },
  });
  let asked = 0;
  const world: World = {
    ...{ seed, clock, machine, storage, stripe, mails, trace, note, depsFor },
    get timeZone() {
      return world.facts.settings.timeZone;
    },
    bus: createBus({
      ...{ machine, outbox: storage.outbox, depsFor, note, consumers: options.consumers },
      beforeEach: (work) => expectMails(world, work),
      afterEach: async (work, isDone) => {
        if (await world.check()) requirePromises(world);
        if (isDone) requireMails(world, work);
      },
    }),
    journal: emptyJournal(),
    staff: { headers: { "api-key": apiKey } },
    agency: agency.id,
    facts: newFacts(),
    failure: undefined,
    isAsking: false,
    told: new Set(),
    books: emptyBooks(),
    dice: diceFor(seed),
    today: () => dayIn(world.timeZone, clock.now()),
    async ask(who, method, path, body) {
      asked += 1;
      const key = `${seed}-${asked}`;
      note(`  ${method} ${path} ${JSON.stringify(body)}`);
      const request = { id: key, method, path, body, headers: headersOf(who, method, key) };
      const answer = await persist(world, request);
      note(`  -> ${answer.status} ${hashed(answer.body)} ${answer.body?.code ?? ""}`);
      return answer;
    },
    decide: (answer, move) => decide(world, answer, move),
    look: () => look(world),
    follow: (written) => followAll(world, written, options),
    check: async () => {
      const written = await world.look();
      await world.follow(written);
      return written.isMoney;
    },
    requirePromises: () => requirePromises(world),
    beginStep(index) {
      world.dice = diceFor(`${seed} step ${index}`);
      machine.dice = diceFor(`${seed} faults ${index}`);
      random = diceFor(`${seed} ids ${index}`);
      asked = (index + 1) * 1_000;
    },
    async close() {
      await stripe.close();
      await deleteTable(made.client, made.table);
      made.client.destroy();
    },
  };
  world.facts.settings.timeZone = timeZone;
  const webhook = async (
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<number> => {
    const request = { id: "webhook", method: "POST", path: "/webhooks/stripe", body, headers };
    try {
      const { status, faults } = await once(world, request);
      if (status !== 200 && faults === 0) throw new Broken(`a webhook is answered with ${status}`);
      return status;
    } catch (error) {
      world.failure ??= error as Error;
      return 500;
    }
  };
  return world;
}

const headersOf = (who: Who, method: string, key: string): Record<string, string> => ({
  ...who.headers,
  ...(method === "GET" ? {} : { "idempotency-key": key }),
});

const hashed = (body: Json): string =>
  createHash("sha256")
    .update(JSON.stringify(body) ?? "")
    .digest("hex")
    .slice(0, 12);

type Request = Parameters<typeof handle>[1];

/** One try. A process that died never answers. */
async function once(world: World, request: Request): Promise<Answer & { readonly faults: number }> {
  const process = world.machine.start();
  const answer = await handle(world.depsFor(process), request);
  const crashed = !process.isAlive;
  process.isAlive = false;
  await world.check();
  const { faults } = process;
  return crashed ? { status: 503, headers: {}, body: undefined, faults } : { ...answer, faults };
}

const passing = new Set(["write.conflict", "idempotency.in-progress", "stripe.unavailable"]);

/** A caller who does not give up: the same request with the same key until there is an answer. */
async function persist(world: World, request: Request): Promise<Answer> {
  const { rates } = world.machine;
  world.isAsking = true;
  try {
    for (let tries = 1; ; tries += 1) {
      const answer = await once(world, request);
      const isPassing = answer.status >= 500 || passing.has(answer.body?.code);
      if (!isPassing) return await repeated(world, request, answer);
      const { status, body, faults } = answer;
      if (faults === 0) {
        throw new Broken(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
      }
      world.note(`  again after ${status} ${body?.code ?? ""}`);
      world.clock.advance(500 + world.machine.dice.below(20_000));
      if (tries >= triesMax) world.machine.rates = calm;
    }
  } finally {
    world.isAsking = false;
    world.machine.rates = rates;
  }
}

const impatientRate = 0.08;

/** A double click: the same key again changes nothing and answers the same. */
async function repeated(world: World, request: Request, answer: Answer): Promise<Answer> {
  const { machine, storage } = world;
  const isWrite = request.method !== "GET" && answer.status < 300;
  // Nobody is known yet to whom an earlier answer could belong.
  if (!isWrite || request.path === "/portal/session") return answer;
  if (!machine.dice.chance(impatientRate)) return answer;
  machine.rates = calm;
  const own = () => JSON.stringify([...storage.mirror].filter(([key]) => key.startsWith("A#")));
  const before = own();
  const again = await once(world, request);
  // A secret is shown once.
  const isSecret = request.path.endsWith("/portal-link");
  const isSame = again.status === answer.status && hashed(again.body) === hashed(answer.body);
  if (!(isSame || isSecret) || own() !== before) {
    throw new Broken(`${request.method} ${request.path} acts twice under one key`);
  }
  return answer;
}

function decide(world: World, answer: Answer, move: (books: Books) => Refusal): boolean {
  const next = structuredClone(world.books);
  const refusal = move(next);
  const isDone = answer.status < 300;
  if (isDone && refusal !== undefined) throw new Broken(`done, although ${refusal}`);
  if (!isDone && refusal === undefined) {
    throw new Broken(`refused with ${answer.status} ${answer.body?.code}: ${answer.body?.detail}`);
  }
  if (isDone) world.books = next;
  return isDone;
}

type Following = Pick<WorldOptions, "follow" | "followEvents" | "followDelayed" | "note">;

/** What was written since the last look. */
export interface Written {
  /** Records and events, each once: an erasure writes again what was told before. */
  readonly fresh: readonly string[];
  /** Money or a schedule may have moved. */
  readonly isMoney: boolean;
}

async function look({ storage, told }: World): Promise<Written> {
  const changed = await storage.sync();
  const fresh = changed.filter((key) => /\|[EJ]#/.test(key) && !told.has(key)).sort();
  for (const key of fresh) told.add(key);
  return { fresh, isMoney: changed.some((key) => money.test(key)) };
}

/** Records of the callers' own commands wait for `decide`; all others are followed here. */
async function followAll(world: World, { fresh }: Written, options: Following): Promise<void> {
  const { storage, journal } = world;
  const written = (kind: string) =>
    fresh
      .filter((key) => key.includes(kind))
      .map((key) => storage.mirror.get(key))
      .filter((item) => item !== undefined);
  const problems: string[] = [];
  for (const item of written("|J#")) {
    problems.push(...addRecord(journal, item));
    const record = item as unknown as JournalRecord;
    options.note(world, record);
    if (record.actor.system !== undefined) await followed(world, options.follow, record);
  }
  if (problems.length > 0) throw new Broken(problems.join("\n"));
  for (const item of written("|E#")) {
    const event = item as unknown as JournalRecord;
    if (event.actor.system !== undefined) await options.followEvents[event.type]?.(world, event);
    else if (!world.isAsking) await options.followDelayed[event.type]?.(world, event);
  }
  noteDuties(world);
}

/** Heads, accounts, applications, journal records, series and schedules. */
const money = /\|(CUS|CON#|INV|PAY|CRE|QUO|ACCOUNT|COUNTER|APPL#|J#|REC|MADE#|PRE)/;

async function followed(
  world: World,
  follow: WorldOptions["follow"],
  record: JournalRecord,
): Promise<void> {
  const known = follow[record.type];
  if (!known) throw new Broken(`nobody expects ${record.type} by ${JSON.stringify(record.actor)}`);
  await known(world, record);
}

/** All promises at once; between two commands nothing is half done. */
export function requirePromises(world: World): void {
  if (world.failure) throw world.failure;
  const { books, journal, storage } = world;
  const problems = [
    ...headProblems({ books, journal, mirror: storage.mirror }),
    ...numberProblems(storage.mirror, world.facts.given),
    ...scheduleProblems({ books, mirror: storage.mirror }),
    ...aheadProblems({ books, mirror: storage.mirror }),
    ...customerProblems({ books, mirror: storage.mirror }),
  ];
  if (problems.length > 0) throw new Broken(problems.join("\n"));
  noteDuties(world);
}

import { beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../support/digest.ts";
import { type AnAgency, aShell, type Shell } from "../../support/shell.ts";
import { passUntil } from "../../support/ticking.ts";

const base = "/v1/recurring-invoices";
const items = [{ name: "Care plan", quantity: 1, price: 100 }];

interface Scene {
  readonly shell: Shell;
  readonly other: AnAgency;
  readonly customer: string;
  readonly archived: string;
  /** One in each state. */
  readonly draft: string;
  readonly active: string;
  readonly paused: string;
  readonly completed: string;
}

let scene: Scene;
const body = (customer: string, over: object = {}) => ({
  ...{ template: { customer, items }, frequency: "monthly", startOn: "2027-03-05", ...over },
});

async function aScene(): Promise<Scene> {
  const shell = await aShell();
  const made = async (over: object = {}): Promise<string> =>
    (await shell.call("POST", base, body(customer, { autoSend: false, ...over }))).body.id;
  const aCustomer = async (): Promise<string> =>
    (await shell.call("POST", "/v1/customers", { billTo: { company: "Acme" } })).body.id;
  const [customer, archived] = [await aCustomer(), await aCustomer()];
  await shell.call("PATCH", `/v1/customers/${archived}`, { archived: true });
  const draft = await made();
  const active = await made({ status: "Active", cycles: 5 });
  const paused = await made({ status: "Active", frequency: "daily" });
  const completed = await made({ status: "Active" });
  await passUntil(shell, "2027-03-05T12:00:00.000Z");
  await shell.call("POST", `${base}/${paused}/pause`, {});
  await shell.call("POST", `${base}/${completed}/stop`, {});
  shell.clock.set("2027-03-20T12:00:00.000Z");
  const other = await shell.anotherAgency();
  return { shell, other, customer, archived, draft, active, paused, completed };
}

beforeAll(async () => {
  scene = await aScene();
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly code?: string;
  readonly pointer?: string;
}

async function expectRefused({ shell }: Scene, asked: Asked): Promise<void> {
  const before = await digestOf(shell.table, shell.agency.id);
  const answer = await shell.call(asked.method, asked.path, asked.body);
  expect(answer).toMatchObject({
    status: asked.status,
    ...(asked.code ? { body: { code: asked.code } } : {}),
    ...(asked.pointer ? { body: { errors: [{ pointer: asked.pointer }] } } : {}),
  });
  expect(await digestOf(shell.table, shell.agency.id)).toBe(before);
  expect(shell.errors).toEqual([]);
}

describe("a new recurring invoice is refused, and nothing is stored", () => {
  test.each([
    ["no cycles", { cycles: 0 }, 400, "#/cycles"],
    ["half a cycle", { cycles: 1.5 }, 400, "#/cycles"],
    ["a start in the past without a word about it", { status: "Active" }, 400, "#/catchUp"],
    ["a day that doesn't exist", { startOn: "2027-02-30" }, 400, "#/startOn"],
    ["an unknown frequency", { frequency: "hourly" }, 400, "#/frequency"],
    ["no frequency", { frequency: undefined }, 400, "#/frequency"],
    ["an unknown way of charging", { autoBill: "sometimes" }, 400, "#/autoBill"],
    ["a due day before the day", { dueDays: -1 }, 400, "#/dueDays"],
    ["no customer", { template: { items } }, 400, "#/template/customer"],
    ["an unknown field", { until: "2028-01-01" }, 400, "#/until"],
  ] as const)("%s", async (_name, over, status, pointer) => {
    const sent = body(scene.customer, over);
    await expectRefused(scene, { method: "POST", path: base, body: sent, status, pointer });
  });

  test.each([
    ["an archived customer", (): string => scene.archived, 409],
    ["an unknown customer", (): string => "cus_01M86CH3M00000000000000002", 404],
  ] as const)("%s", async (_name, customer, status) => {
    const sent = body(customer(), { startOn: "2027-04-01" });
    await expectRefused(scene, { method: "POST", path: base, body: sent, status });
  });
});

type Kind = "draft" | "active" | "paused" | "completed";

describe("what its state doesn't allow is refused, and nothing changes", () => {
  test.each([
    ["active", "start", {}, "recurring.not-draft"],
    ["paused", "start", {}, "recurring.not-draft"],
    ["completed", "start", {}, "recurring.not-draft"],
    ["draft", "pause", {}, "recurring.not-active"],
    ["paused", "pause", {}, "recurring.not-active"],
    ["completed", "pause", {}, "recurring.not-active"],
    ["draft", "resume", { catchUp: true }, "recurring.not-paused"],
    ["active", "resume", { catchUp: true }, "recurring.not-paused"],
    ["completed", "resume", { catchUp: false }, "recurring.not-paused"],
    ["completed", "stop", {}, "recurring.completed"],
  ] as const)("%s: %s", async (kind: Kind, action, command, code) => {
    const path = `${base}/${scene[kind]}/${action}`;
    await expectRefused(scene, { method: "POST", path, body: command, status: 409, code });
  });

  test("resuming says whether the missed days are made up for", async () => {
    const path = `${base}/${scene.paused}/resume`;
    await expectRefused(scene, {
      ...{ method: "POST", path, body: {}, status: 400, pointer: "#/catchUp" },
    });
  });

  test.each([
    ["active", { cycles: 1 }, "recurring.cycles-used", "#/cycles"],
    ["active", { frequency: "weekly" }, "recurring.start-past", "#/startOn"],
    ["active", { startOn: "2027-03-01" }, "recurring.start-past", "#/startOn"],
    ["completed", { dueDays: 5 }, "recurring.completed", undefined],
    ["active", { template: { isRetainer: true } }, "invoice.kind-fixed", undefined],
  ] as const)("a change of an %s one: %j", async (kind: Kind, change, code, pointer) => {
    const path = `${base}/${scene[kind]}`;
    const answer = await scene.shell.call("PATCH", path, change);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    await expectRefused(scene, {
      ...{ method: "PATCH", path, body: change, status: answer.status },
      ...(pointer ? { pointer } : { code }),
    });
  });

  test.each(["active", "paused", "completed"] as const)("deleting an %s one", async (kind) => {
    const path = `${base}/${scene[kind]}`;
    await expectRefused(scene, { method: "DELETE", path, status: 409, code: "recurring.begun" });
  });

  test("what is missing or of another kind is told in plain words", async () => {
    const sent = { template: { items }, frequency: "hourly", startOn: 5 };
    const { body: problem } = await scene.shell.call("POST", base, sent);
    expect(problem.errors).toEqual([
      { pointer: "#/template/customer", detail: "is required" },
      {
        pointer: "#/frequency",
        detail: expect.stringMatching(/^must be one of daily, weekly, .*monthly/),
      },
      { pointer: "#/startOn", detail: expect.stringMatching(/^must be/) },
    ]);
  });

  test("of another agency it doesn't exist, whatever is asked", async () => {
    const { shell, other, active } = scene;
    const before = await digestOf(shell.table, shell.agency.id);
    for (const [method, at] of [
      ...[
        ["GET", ""],
        ["PATCH", ""],
        ["DELETE", ""],
        ["GET", "/schedule"],
        ["GET", "/invoices"],
      ],
      ...[
        ["POST", "/pause"],
        ["POST", "/stop"],
        ["POST", "/start"],
      ],
    ] as const) {
      const answer = await other.call(
        method,
        `${base}/${active}${at}`,
        method === "GET" ? undefined : {},
      );
      expect({ method, at, status: answer.status }).toEqual({ method, at, status: 404 });
    }
    expect(await digestOf(shell.table, shell.agency.id)).toBe(before);
  });
});

test("a zone that doesn't exist is refused by its field", async () => {
  await expectRefused(scene, {
    ...{ method: "PATCH", path: "/v1/agency", body: { settings: { timeZone: "Europe/Nowhere" } } },
    ...{ status: 400, pointer: "#/settings/timeZone" },
  });
});

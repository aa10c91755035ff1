import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { messageOf, StartFailure } from "../../../local/failure.ts";
import { freePort } from "../../../local/net.ts";
import { optionsFrom } from "../../../local/options.ts";
import { aFailedStart, aStarted } from "./processes.ts";
import { aFolder } from "./support.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
type Json = any;

async function aListener(): Promise<number> {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", () => resolve());
  });
  onTestFinished(() => void server.close());
  return port;
}

/** As on a machine for which no database is published. */
const onAnotherMachine = [
  "--import",
  'data:text/javascript,Object.defineProperty(process, "arch", { value: "none" })',
];

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("a start that can't be made says why in one line and ends with 1", () => {
  const options: readonly [string, NodeJS.ProcessEnv, string][] = [
    ["a PORT that is no number", { PORT: "eighty" }, "PORT is eighty; it must be a number"],
    [
      "a PORT out of range",
      { PORT: "65536" },
      "PORT is 65536; it must be a number from 0 to 65535",
    ],
    ["a PORT with a fraction", { PORT: "80.5" }, "PORT is 80.5; it must be a number"],
    ["a CLOCK that is no instant", { CLOCK: "tomorrow" }, 'CLOCK is tomorrow; it must be "system"'],
    ["a CLOCK without an offset", { CLOCK: "2027-01-04T09:00" }, "CLOCK is 2027-01-04T09:00; it"],
    [
      "a database that is no address",
      { DYNAMODB_ENDPOINT: "local" },
      "DYNAMODB_ENDPOINT is local;",
    ],
    ["limits neither on nor off", { RATE_LIMITS: "5" }, "RATE_LIMITS is 5; it must be on or off."],
  ];
  it.each(options)("%s", (_, given, line) => {
    const thrown = thrownBy(() => optionsFrom(given));
    expect(thrown).toBeInstanceOf(StartFailure);
    expect(messageOf(thrown).startsWith(line), messageOf(thrown)).toBe(true);
    expect(messageOf(thrown)).not.toContain("\n");
  });

  it.each([
    ["PORT", "eighty", "PORT is eighty; it must be a number from 0 to 65535.\n"],
    ["CLOCK", "tomorrow", "CLOCK is tomorrow; it must be "],
  ])("a bad %s, with nothing made", async (name, value, line) => {
    const folder = aFolder();
    const { code, told, said } = await aFailedStart({ DATA_DIR: folder, [name]: value });
    expect(told.startsWith(line), told).toBe(true);
    expect(told.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, said, made: readdirSync(folder) }).toEqual({ code: 1, said: "", made: [] });
  });

  it("a port that somebody listens on", async () => {
    const folder = aFolder();
    const port = await aListener();
    const failed = await aFailedStart({ DATA_DIR: folder, PORT: String(port) });
    const told = `Port ${port} is in use; set PORT to another.\n`;
    expect(failed).toEqual({ code: 1, said: "", told });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("a folder that can't be written", async () => {
    const file = join(aFolder(), "file");
    writeFileSync(file, "");
    const folder = join(file, "data");
    const failed = await aFailedStart({ DATA_DIR: folder });
    const told = `Can't write to the folder ${folder} (ENOTDIR); set DATA_DIR.\n`;
    expect(failed).toEqual({ code: 1, said: "", told });
  });

  it("no database for this machine", async () => {
    const failed = await aFailedStart({ DATA_DIR: aFolder(), PATH: "" }, onAnotherMachine);
    expect(failed.code).toBe(1);
    expect(failed.told).toMatch(/^No database found: install .*-none.*DYNAMODB_ENDPOINT\.\n$/);
  });
});

const call = async (url: string, apiKey: string, path: string, body?: object): Promise<Json> => {
  const headers = { "api-key": apiKey, "content-type": "application/json" };
  const answer = await fetch(`${url}${path}`, {
    headers,
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  });
  return answer.json();
};

const local = async (url: string, path: string, body?: object): Promise<Json> => {
  const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
  return (await fetch(`${url}/__local/${path}`, sent)).json();
};

describe("a second start on the same folder", () => {
  it("is refused while the first runs, and keeps everything after it was stopped", async () => {
    const folder = aFolder();
    const port = String(await freePort());
    const first = await aStarted({ DATA_DIR: folder, PORT: port });
    const before = await local(first.url, "ready");
    const billTo = { company: "Kept Ltd" };
    const { id } = await call(first.url, before.apiKey, "/v1/customers", { billTo });
    await local(first.url, "clock", { advance: "P40D" });
    const mails = await local(first.url, "mail");

    const other = await aFailedStart({ DATA_DIR: folder });
    expect(other).toMatchObject({ code: 1, said: "" });
    expect(other.told).toMatch(
      /^Another Drawdown \(process \d+\) uses .*; stop it or set DATA_DIR\.\n$/,
    );

    expect(await first.stop()).toBe(0);
    expect(existsSync(join(folder, "lock"))).toBe(false);
    const second = await aStarted({ DATA_DIR: folder, PORT: port });
    const after = await local(second.url, "ready");
    expect({ ...after, now: "" }).toEqual({ ...before, now: "" });
    expect(after.now.slice(0, 10)).toBe("2027-04-10");
    expect(await local(second.url, "mail")).toEqual(mails);
    const kept = await call(second.url, after.apiKey, `/v1/customers/${id}`);
    expect(kept).toMatchObject({ id, billTo });
    expect(await second.stop()).toBe(0);
  });
});

import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Envelope } from "../../../events/envelope.ts";
import { type LocalFiles, openFiles } from "../../../local/storage/local-files.ts";
import { aFolder } from "./support.ts";

const now = "2027-03-01T09:00:00.000Z";
const key = "documents/agy_1/doc_1";
const contentType = "application/pdf";
const bytes = Buffer.from("%PDF-1.7 hello");

let created: Envelope[];
let folder: string;
beforeEach(() => {
  created = [];
  folder = join(aFolder(), "files");
});
afterEach(() => {
  expect(created.every(({ type }) => type === "storage.object-created")).toBe(true);
});

const open = (seed = "one", url = "http://storage.test"): LocalFiles =>
  openFiles({
    ...{ folder, url, seed },
    clock: { now: () => now, nowMs: () => Date.parse(now) },
    putEvents: (envelopes) => created.push(...envelopes),
  });

/** As it comes over the wire: the host is a header there. */
const ask = (files: LocalFiles, url: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set("host", new URL(url).host);
  return files.storage.fetch(new Request(url, { ...init, headers }));
};

const uploadLink = async (files: LocalFiles) =>
  (await files.fileLinks()).upload({ key, contentType, size: bytes.length }, now);

async function upload(files: LocalFiles): Promise<Response> {
  const { url, method, headers } = await uploadLink(files);
  return ask(files, url, { method, headers, body: bytes });
}

async function download(files: LocalFiles, headers = {}): Promise<Response> {
  const links = await files.fileLinks();
  const { url } = await links.download({ key, contentType, name: "a.pdf" }, now);
  return ask(files, url, { headers });
}

const codeOf = async (answer: Response) => [
  answer.status,
  /<Code>(\w+)/.exec(await answer.text())?.[1],
];

describe("the local storage", () => {
  test("keeps an object over a restart, and tells once that it came", async () => {
    expect((await upload(open())).status).toBe(200);
    expect(created.map(({ subject }) => subject)).toEqual([key]);
    const again = await download(open());
    expect(again.headers.get("content-type")).toBe(contentType);
    expect(Buffer.from(await again.arrayBuffer())).toEqual(bytes);
    expect(created).toHaveLength(1);
  });

  test("gives a part, and says of what", async () => {
    const files = open();
    await upload(files);
    const part = await download(files, { range: "bytes=0-3" });
    expect([part.status, await part.text()]).toEqual([206, "%PDF"]);
    expect(part.headers.get("content-range")).toBe(`bytes 0-3/${bytes.length}`);
    expect((await download(files, { range: "bytes=99-100" })).status).toBe(416);
  });

  test("takes no link that another system's key signed, and none without a signature", async () => {
    await upload(open());
    const foreign = await (await open("two").fileLinks()).download(
      { key, contentType, name: "a.pdf" },
      now,
    );
    const files = open();
    expect(await codeOf(await ask(files, foreign.url))).toEqual([403, "SignatureDoesNotMatch"]);
    const bare = foreign.url.split("?")[0] ?? "";
    expect((await ask(files, bare)).status).toBe(403);
    expect((await ask(files, bare, { method: "DELETE" })).status).toBe(403);
    const elsewhere = bare.replace("drawdown-files", "other");
    expect(await codeOf(await ask(files, elsewhere))).toEqual([404, "NoSuchBucket"]);
    expect((await download(files)).status).toBe(200);
  });

  test("does no other thing with a link than it was signed for", async () => {
    const files = open();
    const { url, headers } = await uploadLink(files);
    for (const method of ["GET", "DELETE", "POST"]) {
      const answer = await ask(files, url, { method, headers });
      expect([method, answer.status]).toEqual([method, 403]);
    }
    expect(created).toEqual([]);
  });

  test("lets the system itself put, look and remove, signed in headers", async () => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", async () => {
        const { method = "GET", url = "/" } = request;
        const headers = new Headers(request.headers as Record<string, string>);
        const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
        const asked = new Request(`${address}${url}`, { method, headers, ...body });
        const answer = await files.storage.fetch(asked);
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => server.closeAllConnections());
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const files = open("one", address);
    const store = await files.files();
    await expect(store.inspect(key)).rejects.toThrow("AccessDenied");
    await store.put({ key, contentType, bytes });
    expect(await store.inspect(key)).toMatchObject({ size: bytes.length, contentType });
    await store.remove(key);
    await store.remove(key);
    await expect(store.inspect(key)).rejects.toThrow("AccessDenied");
    const stranger = await open("two", address).files();
    await expect(stranger.remove(key)).rejects.toThrow("SignatureDoesNotMatch");
  });

  test("is empty after a reset", async () => {
    const files = open();
    await upload(files);
    files.storage.clear();
    expect(await codeOf(await download(files))).toEqual([403, "AccessDenied"]);
    expect((await upload(files)).status).toBe(200);
  });
});

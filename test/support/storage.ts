import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { FileStore } from "../../domain/documents/documents.gateway.ts";
import type { Upload } from "../../domain/documents/stored-file.ts";
import { type LocalFiles, openFiles } from "../../local/storage/local-files.ts";
import { type Answer, type ApiCall, aShell, type Shell, type ShellOptions } from "./shell.ts";

export interface StoringShell extends Shell {
  readonly files: LocalFiles;
}

/** A shell with a storage beside it that checks every signature, as S3 does. */
export async function aStoringShell(options: ShellOptions = {}): Promise<StoringShell> {
  const folder = mkdtempSync(join(tmpdir(), "drawdown-files-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const known: { shell?: Shell; files?: LocalFiles } = {};
  const started = Promise.withResolvers<number>();
  const fetch = (request: Request) => known.files?.storage.fetch(request) ?? new Response();
  const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
    started.resolve(port),
  );
  // Tests end without closing it.
  if ("unref" in server) server.unref();
  const now = (): string => known.shell?.clock.now() ?? "";
  const files = openFiles({
    ...{ folder, url: `http://127.0.0.1:${await started.promise}`, seed: "test" },
    clock: { now, nowMs: () => Date.parse(now()) },
    putEvents: (envelopes) => void known.shell?.deps.putEvents(envelopes),
  });
  const { fileLinks, files: store } = files;
  const shell = await aShell({ ...options, deps: { fileLinks, files: store, ...options.deps } });
  Object.assign(known, { shell, files });
  return { ...shell, files };
}

/** Undefined: nobody may look at it, so it isn't there. */
export const inspected = (store: FileStore, key: string): Promise<Upload | undefined> =>
  store.inspect(key).catch((error: unknown) => {
    if (error instanceof Error && error.name === "AccessDenied") return undefined;
    throw error;
  });

export const pdfBytes = (size = 2_000): Uint8Array =>
  Buffer.from(`%PDF-1.7\n${"x".repeat(size)}`).subarray(0, size);

export interface AFile {
  readonly name?: string;
  readonly contentType?: string;
  readonly bytes?: Uint8Array;
  readonly visible?: boolean;
  readonly customer?: string;
  readonly invoice?: string;
  readonly quote?: string;
  readonly payment?: string;
}

/** Announces a file; a PDF without more. */
export async function announce(call: ApiCall, file: AFile): Promise<Answer> {
  const { bytes = pdfBytes(), ...rest } = file;
  const terms = { name: "contract.pdf", contentType: "application/pdf", ...rest };
  return call("POST", "/v1/documents", { ...terms, size: bytes.length });
}

/** As a program does that was told how to upload. */
export const send = (
  upload: { url: string; method: string; headers: Record<string, string> },
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Response> => {
  const { "content-length": _length, ...told } = upload.headers;
  const body = new Uint8Array(bytes);
  return fetch(upload.url, { method: upload.method, headers: { ...told, ...headers }, body });
};

/** A document that is there: announced, uploaded, received. */
export async function aDocument(
  shell: Pick<Shell, "call" | "deliver">,
  file: AFile,
  call: ApiCall = shell.call,
): Promise<Answer["body"]> {
  const { status, body } = await announce(call, file);
  if (status !== 201) throw new Error(`not announced: ${status} ${JSON.stringify(body)}`);
  const answer = await send(body.upload, file.bytes ?? pdfBytes());
  if (!answer.ok) throw new Error(`not uploaded: ${await answer.text()}`);
  await shell.deliver();
  return (await call("GET", `/v1/documents/${body.id}`)).body;
}

import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, normalize } from "node:path";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import {
  assetCaching,
  contentSecurityPolicy,
  pageCaching,
  referrerPolicy,
} from "../portal/headers.ts";
import type { Clock } from "./clock.ts";
import { StartFailure } from "./failure.ts";
import type { Gate } from "./gate.ts";
import type { Gateway } from "./gateway.ts";
import { docsPage, landingPage } from "./pages.ts";
import { notReady, problemAnswer } from "./problems.ts";
import { storagePath } from "./storage/local-files.ts";
import type { Storage } from "./storage/stand-in.ts";

interface HttpParts {
  readonly host: string;
  readonly port: number;
  readonly gateway: Gateway;
  readonly control: Hono;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly publicUrl: string;
  /** Closed while the data are emptied: whoever calls then is told to come again. */
  readonly gate: Gate;
  /** Closed until they are made again, which Stripe's webhooks are part of. */
  readonly door: Gate;
}

/** One host for all, as behind the CDN: API, apps, docs, and the local controls. */
export async function listen(parts: HttpParts): Promise<{ close(): Promise<void> }> {
  const fetch = (request: Request) => answer(parts, request);
  const { host, port } = parts;
  const started = Promise.withResolvers<void>();
  const server = serve({ fetch, port, hostname: host }, () => started.resolve());
  server.once("error", () => {
    started.reject(new StartFailure(`Port ${port} is in use; set PORT to another.`));
  });
  await started.promise;
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

async function answer(parts: HttpParts, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith(`${storagePath}/`)) return parts.storage.fetch(request);
  if (pathname.startsWith("/__local/")) return parts.control.fetch(request);
  if (request.method === "GET") {
    const page = pageAt(pathname);
    if (page) return page;
  }
  const body = new Uint8Array(await request.arrayBuffer());
  const handled = () => parts.gate.enter(() => toGateway(parts, request, body)) ?? comeAgain(parts);
  if (pathname.startsWith("/webhooks/")) return handled();
  return parts.door.enter(handled) ?? comeAgain(parts);
}

const comeAgain = async ({ publicUrl }: HttpParts): Promise<Response> =>
  problemAnswer(publicUrl, notReady());

const toGateway = (parts: HttpParts, request: Request, body: Uint8Array): Promise<Response> =>
  parts.gateway({
    method: request.method,
    target: targetOf(request.url),
    headers: request.headers,
    body,
    sourceIp: "127.0.0.1",
    requestId: randomUUID(),
    nowMs: parts.clock.nowMs(),
  });

function targetOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** What the content network adds to the app's files. */
const appHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": referrerPolicy,
};

const html = (text: string): Response =>
  new Response(text, { headers: { "content-type": types[".html"] ?? "" } });

function pageAt(pathname: string): Response | undefined {
  if (pathname === "/") return html(landingPage());
  if (pathname === "/docs") return html(docsPage());
  if (pathname.startsWith("/docs/assets/")) return fileIn(docsFolder(), pathname.slice(13));
  if (pathname === "/p" || pathname.startsWith("/p/")) return appAt(".build/portal", pathname);
  return undefined;
}

const docsFolder = (): string =>
  dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

/** An app's own files; any other of its paths is a page of it. */
function appAt(folder: string, pathname: string): Response | undefined {
  const name = pathname.replace(/^\/p\/?/, "");
  const isAsset = name.startsWith("assets/");
  const found = fileIn(folder, isAsset ? name : "index.html");
  if (!found) return isAsset ? new Response(null, { status: 404 }) : undefined;
  for (const [header, value] of Object.entries(appHeaders)) found.headers.set(header, value);
  found.headers.set("cache-control", isAsset ? assetCaching : pageCaching);
  return found;
}

function fileIn(folder: string, name: string): Response | undefined {
  const path = join(folder, normalize(`/${name}`));
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const type = types[extname(path)] ?? "application/octet-stream";
  return new Response(readFileSync(path), { headers: { "content-type": type } });
}

import { createHash } from "node:crypto";
import { openObjects, type StoredObject } from "./objects.ts";
import { checkSignature, type Secret } from "./signature.ts";

export interface Storage {
  /** Requests to <path>/<bucket>/<key>. */
  fetch(request: Request): Promise<Response>;
  clear(): void;
}

interface StorageOptions {
  readonly folder: string;
  /** What stands before the bucket in every address. */
  readonly path: string;
  readonly bucket: string;
  readonly secret: Secret;
  readonly nowMs: () => number;
  /** An object is there; the upload is answered when this returns. */
  readonly onCreated: (key: string) => void;
}

/**
 * As much of S3 as Drawdown uses: whole objects, put, fetched and removed under a signature that is checked, one
 * bucket. What a link was not signed for is refused here as it is there. Nobody may list, so that S3 tells
 * nobody whether an object is missing or forbidden.
 */
export function createStorage(options: StorageOptions): Storage {
  const { folder, path, bucket, secret, nowMs } = options;
  const objects = openObjects(folder);
  const root = `${path}/${bucket}/`;
  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith(root)) return refused(404, "NoSuchBucket");
      const key = decodeURIComponent(pathname.slice(root.length));
      const checked = checkSignature(request, { secret, nowMs: nowMs() });
      if (checked === "expired") return refused(403, "AccessDenied", "Request has expired");
      if (checked === "bad") return refused(403, "SignatureDoesNotMatch");
      if (request.method === "PUT") return put(request, { ...options, objects, key });
      const object = objects.read(key);
      if (request.method === "DELETE") {
        objects.remove(key);
        return new Response(null, { status: 204 });
      }
      if (request.method !== "GET") return refused(405, "MethodNotAllowed");
      return object ? fetched(request, object) : refused(403, "AccessDenied");
    },
    clear: () => objects.clear(),
  };
}

async function put(
  request: Request,
  parts: Pick<StorageOptions, "onCreated"> & {
    readonly objects: ReturnType<typeof openObjects>;
    readonly key: string;
  },
): Promise<Response> {
  const { objects, key, onCreated } = parts;
  const onlyOnce = request.headers.get("if-none-match") === "*";
  const contentType = request.headers.get("content-type") ?? "binary/octet-stream";
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (onlyOnce && objects.read(key)) return refused(412, "PreconditionFailed");
  objects.write(key, { contentType, bytes });
  onCreated(key);
  return new Response(null, { status: 200, headers: { etag: etagOf(bytes) } });
}

const rangeForm = /^bytes=(\d+)-(\d+)$/;

function fetched(request: Request, { contentType, bytes }: StoredObject): Response {
  const query = new URL(request.url).searchParams;
  const disposition = query.get("response-content-disposition");
  const headers = {
    "content-type": query.get("response-content-type") ?? contentType,
    ...(disposition === null ? {} : { "content-disposition": disposition }),
    etag: etagOf(bytes),
  };
  const [, first, last] = rangeForm.exec(request.headers.get("range") ?? "") ?? [];
  if (first === undefined) return new Response(new Uint8Array(bytes), { headers });
  const from = Number(first);
  if (from >= bytes.length) return refused(416, "InvalidRange");
  const part = new Uint8Array(bytes.slice(from, Number(last) + 1));
  const range = `bytes ${from}-${from + part.length - 1}/${bytes.length}`;
  return new Response(part, { status: 206, headers: { ...headers, "content-range": range } });
}

const etagOf = (bytes: Uint8Array): string => `"${createHash("md5").update(bytes).digest("hex")}"`;

const refused = (status: number, code: string, message = code): Response =>
  new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    { status, headers: { "content-type": "application/xml" } },
  );

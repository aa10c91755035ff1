import { createHash, randomUUID } from "node:crypto";
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import type { Envelope } from "../../events/envelope.ts";
import { createdEnvelope, storageSource } from "../../functions/documents/object-created.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import { createStorage, type Storage } from "./stand-in.ts";

/** Where the storage is reached, on the one host of all. */
export const storagePath = "/__local/s3";

const bucket = "drawdown-files";

interface FilesOptions {
  readonly folder: string;
  /** The host's own address, without a slash at the end. */
  readonly url: string;
  /** What only this folder's system knows; the key of the storage is made from it. */
  readonly seed: string;
  readonly clock: { now(): string; nowMs(): number };
  readonly putEvents: (envelopes: readonly Envelope[]) => void;
}

export interface LocalFiles extends Pick<Deps, "fileLinks" | "files"> {
  readonly storage: Storage;
}

/** The storage, what makes links to it, and its events, as EventBridge brings them from S3. */
export function openFiles({ folder, url, seed, clock, putEvents }: FilesOptions): LocalFiles {
  const secret = {
    accessKeyId: "LOCAL",
    secretAccessKey: createHash("sha256").update(`storage ${seed}`).digest("hex"),
  };
  const storage = createStorage({
    ...{ folder, bucket, secret, path: storagePath, nowMs: clock.nowMs },
    onCreated: (key) => putEvents([created(key, clock.now())]),
  });
  const client: S3ClientConfig = {
    endpoint: `${url}${storagePath}`,
    forcePathStyle: true,
    region: "local",
    credentials: secret,
  };
  const place = { bucket, client };
  const gateway = lazily(async () => {
    const { createFileLinks, createFileStore } = await import(
      "../../domain/documents/documents.gateway.ts"
    );
    return { links: createFileLinks(place), store: createFileStore(place) };
  });
  return {
    storage,
    fileLinks: async () => (await gateway()).links,
    files: async () => (await gateway()).store,
  };
}

/** The SDK is large, and most starts have no use for it. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const created = (key: string, time: string): Envelope =>
  createdEnvelope({
    source: storageSource,
    id: randomUUID(),
    time,
    detail: { object: { key } },
  });

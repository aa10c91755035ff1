import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { addDuration } from "../shared/calendar.ts";
import { attachmentNamed } from "./attachment.ts";
import { headBytes } from "./file-types.ts";
import type { Upload } from "./stored-file.ts";

export interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

/** A link to be used with just this method and these headers: they are part of its signature. */
export interface UploadLink extends Link {
  readonly method: "PUT";
  readonly headers: Readonly<Record<string, string>>;
}

export interface Uploadable {
  readonly key: string;
  readonly contentType: string;
  readonly size: number;
}

export interface Downloadable {
  readonly key: string;
  readonly contentType: string;
  readonly name: string;
}

/** Makes links without asking anybody: they are signed here. */
export interface FileLinks {
  upload(file: Uploadable, now: string): Promise<UploadLink>;
  download(file: Downloadable, now: string): Promise<Link>;
}

/** The storage itself. */
export interface FileStore {
  /** Throws where there is no such object, as S3 tells that from no right only to who may list. */
  inspect(key: string): Promise<Upload>;
  put(object: {
    readonly key: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }): Promise<void>;
  /** What isn't there is as good as removed. */
  remove(key: string): Promise<void>;
}

interface Place {
  readonly bucket: string;
  readonly client: S3ClientConfig;
}

/** Large files take their time, but the time counts to the beginning of the upload only. */
const uploadS = 15 * 60;
const downloadS = 5 * 60;

/**
 * Otherwise the SDK signs the checksum of the empty body that it sees, and every real upload is refused.
 */
const withoutChecksums = {
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
} as const;

const clientOf = ({ client }: Place): S3Client => new S3Client({ ...client, ...withoutChecksums });

export function createFileLinks(place: Place): FileLinks {
  const client = clientOf(place);
  const { bucket: Bucket } = place;
  const timed = (now: string, expiresIn: number) => ({
    signed: { expiresIn, signingDate: new Date(now) },
    expiresAt: addDuration(now, `PT${expiresIn}S`),
  });
  return {
    async upload({ key: Key, contentType, size }, now) {
      const { signed, expiresAt } = timed(now, uploadS);
      const command = new PutObjectCommand({
        ...{ Bucket, Key, ContentType: contentType, ContentLength: size },
        // Once only: what was checked can't be replaced while the link still lives.
        IfNoneMatch: "*",
      });
      const signableHeaders = new Set(["content-type"]);
      const url = await getSignedUrl(client, command, { ...signed, signableHeaders });
      const headers = {
        "content-type": contentType,
        "content-length": String(size),
        "if-none-match": "*",
      };
      return { method: "PUT", url, headers, expiresAt };
    },
    async download({ key: Key, contentType, name }, now) {
      const { signed, expiresAt } = timed(now, downloadS);
      const command = new GetObjectCommand({
        ...{ Bucket, Key, ResponseContentType: contentType },
        ResponseContentDisposition: attachmentNamed(name),
      });
      return { url: await getSignedUrl(client, command, signed), expiresAt };
    },
  };
}

export function createFileStore(place: Place): FileStore {
  const client = clientOf(place);
  const { bucket: Bucket } = place;
  return {
    async inspect(Key) {
      const asked = { Bucket, Key, Range: `bytes=0-${headBytes - 1}` };
      const found = await client.send(new GetObjectCommand(asked));
      const head = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
      return { size: sizeIn(found.ContentRange), contentType: found.ContentType ?? "", head };
    },
    async put({ key: Key, contentType, bytes }) {
      const asked = { Bucket, Key, ContentType: contentType, Body: bytes };
      await client.send(new PutObjectCommand(asked));
    },
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
}

/** `bytes 0-1023/40960`: the whole follows the stroke. */
const sizeIn = (range: string | undefined): number => Number(range?.split("/")[1] ?? Number.NaN);

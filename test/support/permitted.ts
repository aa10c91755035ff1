import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import type { FileLinks, FileStore } from "../../domain/documents/documents.gateway.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import { accessOf, fileRights, tenantIndexes, tenantKeyPatterns } from "../../infra/access.ts";

interface Allowed {
  /** Whose rights they are, for the message. */
  readonly who: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly indexes: readonly string[];
}

/**
 * The outside world as a deployed function has it: whatever infra/access.ts does not allow is denied, as IAM
 * would. The policies are made from the same data, so a handler that passes here has its rights there.
 */
export function permitted(deps: Deps, name: string): Deps {
  const { parts, reads, writes, indexes = [] } = accessOf(name);
  const own = { who: name, reads, writes, indexes };
  const without = (part: string) => () => Promise.reject(new Error(`${name} has no ${part}`));
  return {
    ...deps,
    platform: { ...deps.platform, db: limited(deps.platform.db, own) },
    tenant: async (agency) => {
      if (!parts.includes("tenants")) throw new Error(`${name} has no tenants`);
      const tenant = await deps.tenant(agency);
      const keys = tenantKeyPatterns(agency);
      const who = `${name} for ${agency}`;
      const allowed = { who, reads: keys, writes: keys, indexes: tenantIndexes };
      return { ...tenant, db: limited(tenant.db, allowed) };
    },
    ...(parts.includes("stripe") ? {} : { stripe: without("stripe") }),
    ...(parts.includes("webhook-secret") ? {} : { webhookSecret: without("webhook-secret") }),
    ...(parts.includes("mail") ? {} : { sendMail: without("mail") }),
    ...(parts.includes("bus") ? {} : { putEvents: without("bus") }),
    fileLinks: parts.includes("file-links")
      ? async () => limitedLinks(await deps.fileLinks(), name)
      : without("file-links"),
    files: parts.includes("files")
      ? async () => limitedStore(await deps.files(), name)
      : without("files"),
  };
}

/** A link does what its signer may do, so who signs is judged. */
const limitedLinks = (links: FileLinks, who: string): FileLinks => ({
  upload: async (file, now) => {
    requireFileRight(who, "file-links", { action: "s3:PutObject", key: file.key });
    return links.upload(file, now);
  },
  download: async (file, now) => {
    requireFileRight(who, "file-links", { action: "s3:GetObject", key: file.key });
    return links.download(file, now);
  },
});

const limitedStore = (store: FileStore, who: string): FileStore => ({
  inspect: async (key) => {
    requireFileRight(who, "files", { action: "s3:GetObject", key });
    return store.inspect(key);
  },
  put: async (object) => {
    requireFileRight(who, "files", { action: "s3:PutObject", key: object.key });
    return store.put(object);
  },
  remove: async (key) => {
    requireFileRight(who, "files", { action: "s3:DeleteObject", key });
    return store.remove(key);
  },
});

function requireFileRight(
  who: string,
  part: keyof typeof fileRights,
  { action, key }: { readonly action: string; readonly key: string },
): void {
  const rights: Readonly<Record<string, readonly string[]>> = fileRights[part];
  if (rights[key.split("/")[0] ?? ""]?.includes(action)) return;
  throw new Error(`AccessDenied: ${who} may not ${action} ${key}`);
}

function limited(db: DynamoDBDocumentClient, allowed: Allowed): DynamoDBDocumentClient {
  const send = async (command: unknown) => {
    requireAllowed(command, allowed);
    return db.send(command as never);
  };
  return new Proxy(db, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property)),
  });
}

function requireAllowed(command: unknown, { who, reads, writes, indexes }: Allowed): void {
  const deny = (what: string) => new Error(`AccessDenied: ${who} may not ${what}`);
  const asked = askedBy(command);
  if (!asked) throw deny(`use ${(command as object).constructor.name}`);
  const { verb, keys, index } = asked;
  if (index !== undefined && !indexes.includes(index)) throw deny(`read the index ${index}`);
  const patterns = verb === "read" ? reads : writes;
  const other = keys.find((key) => !patterns.some((pattern) => isLike(String(key), pattern)));
  if (keys.length === 0 || other !== undefined) throw deny(`${verb} ${other ?? "without a key"}`);
}

interface Asked {
  readonly verb: "read" | "write";
  readonly keys: readonly unknown[];
  readonly index?: string | undefined;
}

/** Undefined for whatever nobody may do: a Scan, a write outside a transaction. */
function askedBy(command: unknown): Asked | undefined {
  if (command instanceof GetCommand) return { verb: "read", keys: [command.input.Key?.pk] };
  if (command instanceof BatchGetCommand) return { verb: "read", keys: keysOf(command) };
  if (command instanceof QueryCommand) {
    return { verb: "read", keys: [partitionOf(command)], index: command.input.IndexName };
  }
  if (command instanceof TransactWriteCommand) return { verb: "write", keys: writtenBy(command) };
  return undefined;
}

const writtenBy = ({ input }: TransactWriteCommand): unknown[] =>
  (input.TransactItems ?? []).map(
    ({ Put, Update, Delete, ConditionCheck }) =>
      Put?.Item?.pk ?? (Update ?? Delete ?? ConditionCheck)?.Key?.pk,
  );

const keysOf = ({ input }: BatchGetCommand): unknown[] =>
  Object.values(input.RequestItems ?? {}).flatMap(({ Keys }) => (Keys ?? []).map(({ pk }) => pk));

/** The value that the partition key must have: the first equation of the key condition. */
function partitionOf({ input }: QueryCommand): unknown {
  const name = /=\s*(:\w+)/.exec(input.KeyConditionExpression ?? "")?.[1] ?? "";
  return input.ExpressionAttributeValues?.[name];
}

const compiled = new Map<string, RegExp>();

/** IAM's StringLike: a star for any text, a question mark for one character. */
function isLike(text: string, pattern: string): boolean {
  const known = compiled.get(pattern) ?? expressionOf(pattern);
  compiled.set(pattern, known);
  return known.test(text);
}

function expressionOf(pattern: string): RegExp {
  const quoted = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${quoted.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}

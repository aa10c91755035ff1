import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

type Fields = Record<string, unknown>;

/**
 * What IAM says in AWS: with an agency's credentials only keys that begin with the agency's prefix can be
 * read or written, in the table and in its indexes. So a store that reaches further fails here, too.
 */
export function leadingKeysOnly(
  db: DynamoDBDocumentClient,
  agency: string,
): DynamoDBDocumentClient {
  const own = `A#${agency}`;
  const send = (command: { readonly input: Fields }, ...rest: unknown[]): Promise<unknown> => {
    const foreign = partitionsIn(command.input).find(
      (key) => key !== own && !key.startsWith(`${own}#`),
    );
    if (foreign !== undefined) return Promise.reject(denied(agency, foreign));
    return (db.send as (...args: unknown[]) => Promise<unknown>)(command, ...rest);
  };
  return new Proxy(db, {
    get: (target, name) => (name === "send" ? send : Reflect.get(target, name)),
  });
}

function denied(agency: string, key: string): Error {
  const error = new Error(`credentials of ${agency} may not touch ${key}`);
  error.name = "AccessDeniedException";
  return error;
}

/** Every partition key that a command names; one that names none (a Scan, writes in a batch) means all keys. */
function partitionsIn(input: Fields): string[] {
  if ("TransactItems" in input) {
    return list(input.TransactItems).flatMap((item) => Object.values(item).flatMap(ownPartition));
  }
  if ("RequestItems" in input) {
    return Object.values(input.RequestItems as Fields).flatMap((request) => {
      const keys = list((request as Fields).Keys).map(partitionOf);
      return keys.length > 0 ? keys : [""];
    });
  }
  if ("KeyConditionExpression" in input) return [queriedPartition(input)];
  return ownPartition(input);
}

const list = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

const partitionOf = (key: unknown): string => String((key as Fields | undefined)?.pk ?? "");

const ownPartition = (part: unknown): string[] => {
  const { Item, Key } = part as Fields;
  return [partitionOf(Item ?? Key)];
};

const partitionNames = new Set(["pk", "customerKey", "agencyKey", "dueShard"]);

function queriedPartition({
  KeyConditionExpression,
  ExpressionAttributeNames,
  ExpressionAttributeValues,
}: Fields): string {
  const names = (ExpressionAttributeNames ?? {}) as Record<string, string>;
  const values = (ExpressionAttributeValues ?? {}) as Fields;
  for (const [, name = "", value = ""] of String(KeyConditionExpression).matchAll(
    /([#\w]+)\s*=\s*(:\w+)/g,
  )) {
    if (partitionNames.has(names[name] ?? name)) return String(values[value]);
  }
  return "";
}

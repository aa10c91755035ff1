import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type IndexDefinition, tableDefinition } from "../domain/shared/table.ts";

const waitMaxS = 60;
const requestMaxMs = 5_000;

/**
 * An emulator asks that a request looks signed, and checks no signature: computing one would take a quarter
 * of what a call costs.
 */
const looksSigned: NonNullable<DynamoDBClientConfig["signer"]> = {
  sign: async (request) => {
    const scope = "local/20270101/local/dynamodb/aws4_request";
    const signed = `Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
    request.headers.authorization = `AWS4-HMAC-SHA256 ${signed}`;
    request.headers["x-amz-date"] = "20270101T000000Z";
    return request;
  },
};

/** AWS itself is reached with the caller's own credentials, an emulator with any. */
export function databaseClient(endpoint: string): DynamoDBClient {
  const isAws = new URL(endpoint).hostname.endsWith(".amazonaws.com");
  const emulator: DynamoDBClientConfig = {
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    signer: looksSigned,
  };
  return new DynamoDBClient({
    endpoint,
    maxAttempts: 4,
    requestHandler: { requestTimeout: requestMaxMs, throwOnRequestTimeout: true },
    ...(isAws ? {} : emulator),
  });
}

export const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** Makes the table unless it is there. */
export async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(creationOf(table)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: waitMaxS, minDelay: 1 }, { TableName: table });
}

export async function deleteTable(client: DynamoDBClient, table: string): Promise<void> {
  try {
    await client.send(new DeleteTableCommand({ TableName: table }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

function creationOf(table: string): CreateTableCommandInput {
  const { partitionKey, sortKey, indexes } = tableDefinition;
  const names = [
    partitionKey,
    sortKey,
    ...indexes.flatMap((one) => [one.partitionKey, one.sortKey]),
  ];
  return {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...new Set(names)].map((name) => ({
      AttributeName: name,
      AttributeType: "S",
    })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection: projectionOf(index),
    })),
  };
}

const keySchema = (partitionKey: string, sortKey: string) => [
  { AttributeName: partitionKey, KeyType: "HASH" as const },
  { AttributeName: sortKey, KeyType: "RANGE" as const },
];

const projectionOf = ({ includes }: IndexDefinition) =>
  includes === "keys-only"
    ? { ProjectionType: "KEYS_ONLY" as const }
    : { ProjectionType: "INCLUDE" as const, NonKeyAttributes: [...includes] };

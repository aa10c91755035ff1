import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { callerBy } from "../support/interposed.ts";
import { aShell, type Shell } from "../support/shell.ts";
import { countWrites } from "../support/writes.ts";

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly reasons?: readonly string[];
}

/** What AWS says when it has no room; undefined: nobody listens. */
const outages: Readonly<Record<string, Reply | undefined>> = {
  "it can't be reached": undefined,
  "it breaks": { status: 500, type: "InternalServerError" },
  "it is away": { status: 503, type: "ServiceUnavailable" },
  "it throttles": { status: 400, type: "ThrottlingException" },
  "it throttles one write of several": {
    ...{ status: 400, type: "TransactionCanceledException" },
    reasons: ["None", "ThrottlingError", "None"],
  },
};

/** A database at which every transaction fails so. */
async function aFailingClient(reply: Reply | undefined): Promise<DynamoDBDocumentClient> {
  const server = createServer((_request, response) => {
    const { status = 500, type = "", reasons } = reply ?? {};
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    const CancellationReasons = reasons?.map((Code) => ({ Code }));
    response.end(JSON.stringify({ __type: `com.amazonaws#${type}`, CancellationReasons }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  if (reply) onTestFinished(async () => void (await close()));
  else await close();
  const client = new DynamoDBClient({
    ...{ endpoint: `http://127.0.0.1:${port}`, region: "local", maxAttempts: 1 },
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return DynamoDBDocumentClient.from(client);
}

/** Reads go well; transactions don't. */
async function duringOutage(shell: Shell, reply: Reply | undefined) {
  const failing = await aFailingClient(reply);
  return callerBy(shell, (db, command) =>
    (command instanceof TransactWriteCommand ? failing : db).send(command as never),
  );
}

test.each(Object.entries(outages))(
  "an outage is told as one, and asked again it goes on: %s",
  async (_, reply) => {
    const shell = await aShell();
    const call = await duringOutage(shell, reply);
    const headers = { "idempotency-key": "once" };
    const body = { billTo: { company: "Acme" } };
    const writes = countWrites(shell.table);
    const refused = await call("POST", "/v1/customers", body, headers);
    expect(refused).toMatchObject({
      status: 503,
      headers: { "retry-after": "1", "content-type": "application/problem+json" },
      body: { code: "server.unavailable", status: 503 },
    });
    expect(writes()).toBe(0);
    expect(shell.errors).toHaveLength(1);
    expect(await shell.call("POST", "/v1/customers", body, headers)).toMatchObject({ status: 201 });
    expect((await shell.call("GET", "/v1/customers")).body.docs).toHaveLength(1);
  },
);

import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Logger as PowertoolsLogger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Deps, Logger } from "./deps.ts";
import { createLimiter } from "./limiter.ts";

/** What AWS's clients get, so that a call that hangs leaves time for an answer. */
export const clientLimits = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** Below the function's own time, so that a race that is too long is told and not cut off. */
const raceMaxMs = 8_000;

const environmentSchema = z.object({
  TABLE_NAME: z.string().min(3),
  PUBLIC_URL: z.string().regex(/^https:\/\/[^/]+$/),
  MAIL_FROM: z.email(),
  STAGE: z.string().min(1),
  EDGE_MARK: z.string().min(20).optional(),
});

export interface Base {
  readonly config: Deps["config"];
  readonly log: Logger;
  readonly platform: Deps["platform"];
}

/** What only some functions may do: bundled, configured and granted for those alone. */
export type Part = (base: Base) => Partial<Deps>;

/** The outside world of one Lambda function, from its environment. Throws at the start if it is incomplete. */
export function lambdaDeps(...parts: readonly Part[]): Deps {
  const environment = readEnvironment(environmentSchema);
  const config = {
    table: environment.TABLE_NAME,
    publicUrl: environment.PUBLIC_URL,
    mailFrom: environment.MAIL_FROM,
    isProduction: environment.STAGE === "production",
    ...(environment.EDGE_MARK ? { edgeMark: environment.EDGE_MARK } : {}),
  };
  const platform = { table: config.table, db: documentClient(clientLimits) };
  const base = { config, log: newLogger(), platform };
  return Object.assign(
    {
      ...base,
      now: () => new Date().toISOString(),
      random: (bytes: number) => randomBytes(bytes),
      wait: async (ms: number) => void (await wait(ms)),
      limiter: createLimiter(),
      raceMaxMs,
      ...withoutParts,
    },
    ...parts.map((part) => part(base)),
  );
}

/** Names what is missing, never what is there. */
export function readEnvironment<T>(schema: z.ZodType<T>): T {
  const read = schema.safeParse(process.env);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path }) => path.join("."));
  throw new Error(`missing or malformed in the environment: ${wrong.join(", ")}`);
}

export const documentClient = (config: DynamoDBClientConfig): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(config), {
    marshallOptions: { removeUndefinedValues: true },
  });

const missing = (what: string) => () =>
  Promise.reject(new Error(`this function has no ${what}: its entry file names no such part`));

const withoutParts = {
  tenant: missing("access to agencies"),
  stripe: missing("Stripe"),
  webhookSecret: missing("webhook secret"),
  sendMail: missing("mail"),
  putEvents: missing("event bus"),
  fileLinks: missing("links to files"),
  files: missing("files"),
  sendDue: missing("queue of due items"),
} satisfies Partial<Deps>;

/** Never in a log, however deep they lie in what was handed over. */
const hidden =
  /^(headers|cookies?|body|raw|authorization|api-?key|.*secret.*|.*token.*|credentials)$/i;

function newLogger(): Logger {
  const logger = new PowertoolsLogger({
    jsonReplacerFn: (name, value) => (hidden.test(name) ? "[hidden]" : value),
  });
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}

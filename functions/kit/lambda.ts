import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { Deps } from "./deps.ts";

const environment = z.object({
  TABLE: z.string(),
  PUBLIC_URL: z.string(),
  MAIL_FROM: z.string(),
  BUS: z.string(),
  TENANT_ROLE: z.string(),
  STRIPE_SECRET: z.string().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  STAGE: z.string(),
});
type Environment = z.output<typeof environment>;

const clientOptions = { maxAttempts: 4, requestHandler: { requestTimeout: 3_000 } } as const;

/** The outside world on AWS. Clients that an area never uses are made when first asked for. */
export function lambdaDeps(): Deps {
  const env = environment.parse(process.env);
  const db = documentClient(new DynamoDBClient(clientOptions));
  const secret = secretReader();
  return {
    config: {
      table: env.TABLE,
      publicUrl: env.PUBLIC_URL,
      mailFrom: env.MAIL_FROM,
      isProduction: env.STAGE === "production",
    },
    now: () => new Date().toISOString(),
    random: (bytes) => randomBytes(bytes),
    wait: (ms) => pause(ms),
    log: logger(),
    platform: { db, table: env.TABLE },
    tenant: tenants(env),
    stripe: async () => {
      const { createStripeGateway } = await import("../../domain/payments/stripe.gateway.ts");
      return createStripeGateway({ secretKey: await secret(env.STRIPE_SECRET) });
    },
    webhookSecret: () => secret(env.WEBHOOK_SECRET),
    sendMail: mailSender(),
    putEvents: eventSender(env.BUS),
  };
}

const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

function logger(): Deps["log"] {
  const powertools = new Logger({ serviceName: "drawdown" });
  return {
    info: (message, fields = {}) => powertools.info(message, fields),
    warn: (message, fields = {}) => powertools.warn(message, fields),
    error: (message, fields = {}) => powertools.error(message, fields),
  };
}

/** Sessions last an hour; a new one is asked for some minutes before. */
const sessionS = 3_600;
const renewBeforeMs = 300_000;

/**
 * Credentials for one agency: a role tagged with it, whose policy lets it reach that agency's keys only. So
 * a mistake in a key ends in a refusal by the database, not in another agency's data.
 */
function tenants(env: Environment): Deps["tenant"] {
  const sts = new STSClient(clientOptions);
  const known = new Map<string, { readonly tenant: Promise<Tenant>; readonly untilMs: number }>();
  return (agency) => {
    const cached = known.get(agency);
    if (cached && cached.untilMs > Date.now()) return cached.tenant;
    const tenant = assume(sts, env, agency);
    known.set(agency, { tenant, untilMs: Date.now() + sessionS * 1_000 - renewBeforeMs });
    tenant.catch(() => known.delete(agency));
    return tenant;
  };
}

async function assume(sts: STSClient, env: Environment, agency: Tenant["agency"]): Promise<Tenant> {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: env.TENANT_ROLE,
      RoleSessionName: agency,
      DurationSeconds: sessionS,
      Tags: [{ Key: "agency", Value: agency }],
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) {
    throw new Error("no credentials for the agency");
  }
  const credentials = {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
  const db = documentClient(new DynamoDBClient({ ...clientOptions, credentials }));
  return { agency, table: env.TABLE, db };
}

function secretReader(): (name: string | undefined) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  const read = async (name: string): Promise<string> => {
    const client = new SecretsManagerClient(clientOptions);
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    if (!SecretString) throw new Error(`the secret ${name} is empty`);
    return SecretString;
  };
  return (name) => {
    if (!name) return Promise.reject(new Error("this area has no such secret"));
    const secret = known.get(name) ?? read(name);
    known.set(name, secret);
    secret.catch(() => known.delete(name));
    return secret;
  };
}

function mailSender(): Deps["sendMail"] {
  let client: SESv2Client | undefined;
  return async ({ from, to, cc, bcc, raw }) => {
    client ??= new SESv2Client({ ...clientOptions, maxAttempts: 2 });
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [...to], CcAddresses: [...cc], BccAddresses: [...bcc] },
        Content: { Raw: { Data: raw } },
      }),
    );
  };
}

function eventSender(bus: string): Deps["putEvents"] {
  const client = new EventBridgeClient(clientOptions);
  return async (envelopes) => {
    const { FailedEntryCount = 0 } = await client.send(
      new PutEventsCommand({
        Entries: envelopes.map((envelope) => ({
          EventBusName: bus,
          Source: "drawdown",
          DetailType: envelope.type,
          Detail: JSON.stringify(envelope),
        })),
      }),
    );
    if (FailedEntryCount > 0) throw new Error(`${FailedEntryCount} events were not taken`);
  };
}

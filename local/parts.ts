import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createStripeGateway } from "../domain/payments/stripe.gateway.ts";
import type { Config, Deps, Logger } from "../functions/kit/deps.ts";
import { returnedEnvelope } from "../functions/mail/returned.ts";
import type { Bus } from "./bus.ts";
import type { Clock } from "./clock.ts";
import { readJson, writeJson } from "./json-file.ts";
import { leadingKeysOnly } from "./leading-keys.ts";
import type { Mailbox } from "./mail.ts";
import { returnsOf } from "./mail-simulator.ts";
import type { LocalFiles } from "./storage/local-files.ts";
import type { ServedStandIn } from "./stripe/serve.ts";
import { documentClient } from "./table.ts";

/** Made once per data folder: what else would change at every start. */
export interface Identity {
  readonly webhookSecret: string;
  readonly stripeKey: string;
  readonly stripePort: number;
  /** In a database that others may use, too, no other folder's table is touched. */
  readonly table: string;
}

export function identityIn(folder: string): Identity {
  const file = join(folder, "identity.json");
  const known = readJson<Identity>(file);
  if (known?.table) return known;
  const made = {
    webhookSecret: `whsec_${randomBytes(24).toString("base64url")}`,
    stripeKey: `sk_test_${randomBytes(24).toString("hex")}`,
    stripePort: 0,
    table: `drawdown-${randomBytes(4).toString("hex")}`,
  };
  writeJson(file, made);
  return made;
}

export function keepStripePort(folder: string, identity: Identity, stripePort: number): void {
  if (stripePort !== identity.stripePort) {
    writeJson(join(folder, "identity.json"), { ...identity, stripePort });
  }
}

/** The outside world of the handlers, as lambda.ts builds it from AWS. */
export function localDeps(parts: {
  readonly config: Config;
  readonly clock: Clock;
  readonly client: DynamoDBClient;
  readonly log: Logger;
  readonly identity: Identity;
  readonly stripe: ServedStandIn;
  readonly mailbox: Mailbox;
  readonly bus: () => Bus;
  readonly files: LocalFiles;
}): Deps {
  const { config, identity, stripe } = parts;
  const db = documentClient(parts.client);
  const { host, port } = stripe;
  const gateway = createStripeGateway({
    secretKey: identity.stripeKey,
    apiBase: { host, port, protocol: "http" },
  });
  return {
    config,
    now: parts.clock.now,
    random: (bytes) => randomBytes(bytes),
    wait: (ms) => pause(ms),
    log: parts.log,
    platform: { db, table: config.table },
    tenant: async (agency) => ({ agency, db: leadingKeysOnly(db, agency), table: config.table }),
    stripe: async () => gateway,
    webhookSecret: async () => identity.webhookSecret,
    sendMail: async (mail) => {
      await parts.mailbox.send(mail);
      const returned = returnsOf(mail, parts.clock.now()).map(returnedEnvelope);
      if (returned.length > 0) parts.bus().put(returned);
    },
    putEvents: async (envelopes) => parts.bus().put(envelopes),
    fileLinks: parts.files.fileLinks,
    files: parts.files.files,
    sendDue: () => Promise.reject(new Error("the clockwork hands over by itself")),
  };
}

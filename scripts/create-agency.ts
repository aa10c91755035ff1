import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { isSlug } from "../domain/agencies/slug.ts";
import { isTimeZone } from "../domain/shared/calendar.ts";
import { refusals } from "../domain/shared/refusals.ts";
import { createAgency } from "../functions/kit/bootstrap.ts";
import { currencyText, email, nameText } from "../functions/kit/fields.ts";
import { Refused } from "../functions/kit/refused.ts";

const usage = `Opens an agency on a deployed stage and prints its first API key, once.

  node scripts/create-agency.ts --table <table> --name <name> --email <address>
      [--slug <slug>] [--currency USD] [--time-zone UTC]

AWS credentials and the region come from the environment; DYNAMODB_ENDPOINT reaches another database.`;

const options = z.strictObject({
  table: z.string("is needed"),
  name: nameText,
  email,
  slug: z.string().refine(isSlug, "has lower case letters, digits and single dashes").optional(),
  currency: currencyText.default("USD"),
  "time-zone": z.string().refine(isTimeZone, "must be an IANA time zone").default("UTC"),
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: Object.fromEntries(
      Object.keys(options.shape).map((name) => [name, { type: "string" as const }]),
    ),
  });
  const given = options.safeParse(values);
  if (!given.success) {
    const problems = given.error.issues.map(
      ({ path, message }) => `--${path.join(".")} ${message}`,
    );
    throw new Error(`${problems.join("\n")}\n\n${usage}`);
  }
  const { table, "time-zone": timeZone, slug, ...rest } = given.data;
  const { agency, apiKey } = await createAgency(
    {
      now: () => new Date().toISOString(),
      random: (bytes) => randomBytes(bytes),
      platform: { table, db: database() },
    },
    { ...rest, timeZone, ...(slug === undefined ? {} : { slug }) },
  );
  console.log(JSON.stringify({ agency: agency.id, slug: agency.slug, apiKey }, null, 2));
}

function database(): DynamoDBDocumentClient {
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  return DynamoDBDocumentClient.from(new DynamoDBClient(endpoint ? { endpoint } : {}), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** What went wrong, in words that help whoever typed the command. */
function told(error: unknown): string {
  if (error instanceof Refused) return refusals[error.refusal.code].title;
  return error instanceof Error ? error.message : String(error);
}

try {
  await main();
} catch (error) {
  console.error(told(error));
  process.exitCode = 1;
}

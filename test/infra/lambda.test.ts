import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { Envelope } from "../../events/envelope.ts";
import { lambdaDeps } from "../../functions/kit/lambda.ts";
import { bus } from "../../functions/lambda/parts/bus.ts";
import { fileLinks } from "../../functions/lambda/parts/file-links.ts";
import { files } from "../../functions/lambda/parts/files.ts";
import { mail } from "../../functions/lambda/parts/mail.ts";
import { tenants } from "../../functions/lambda/parts/tenants.ts";
import { webhookSecret } from "../../functions/lambda/parts/webhook-secret.ts";
import { assumedRole, type FakeAws, fakeAws } from "./fake-aws.ts";

const one = "agy_01JDZZZZZZZZZZZZZZZZZZZZZ1";
const other = "agy_01JDZZZZZZZZZZZZZZZZZZZZZ2";
const hourMs = 3_600_000;

let aws: FakeAws;
let sessionMs: number;
let failedEntries: number;

beforeEach(async () => {
  sessionMs = hourMs;
  failedEntries = 0;
  aws = await fakeAws({
    AssumeRole: (asked) => assumedRole(asked, new Date(Date.now() + sessionMs).toISOString()),
    GetSecretValue: () => ({ SecretString: "whsec_1\n" }),
    PutEvents: () => ({ FailedEntryCount: failedEntries, Entries: [] }),
    SendEmail: () => ({ MessageId: "1" }),
  });
  const given = {
    TABLE_NAME: "table",
    PUBLIC_URL: "https://drawdown.test",
    MAIL_FROM: "billing@drawdown.test",
    STAGE: "production",
    TENANT_ROLE_ARN: "arn:aws:iam::111122223333:role/drawdown-production-tenant",
    EVENT_BUS_NAME: "drawdown-production",
    MAIL_CONFIGURATION_SET: "drawdown-production-mail",
    STRIPE_WEBHOOK_SECRET_NAME: "drawdown/production/stripe-webhook",
    FILES_BUCKET: "drawdown-files",
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "OWN",
    AWS_SECRET_ACCESS_KEY: "own",
    AWS_ENDPOINT_URL: aws.endpoint,
  };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

const read = ({ db, table }: Pick<Tenant, "db" | "table">) =>
  db.send(new GetCommand({ TableName: table, Key: { pk: "a", sk: "b" } }));

const keysThatRead = () =>
  aws.asked.filter(({ action }) => action === "GetItem").map(({ accessKey }) => accessKey);

describe("the environment", () => {
  test("is complete or the function does not start; what is wrong is named, not told", () => {
    vi.stubEnv("PUBLIC_URL", "https://drawdown.test/");
    vi.stubEnv("TABLE_NAME", undefined);
    expect(() => lambdaDeps()).toThrow(/environment: TABLE_NAME, PUBLIC_URL$/);
  });

  test("makes the stage called production the one where test money is ignored", () => {
    expect(lambdaDeps().config.isProduction).toBe(true);
    vi.stubEnv("STAGE", "staging");
    expect(lambdaDeps().config.isProduction).toBe(false);
  });

  test("a function without a part says so when it is asked for", async () => {
    const deps = lambdaDeps();
    await expect(deps.stripe()).rejects.toThrow("this function has no Stripe");
    await expect(deps.tenant(one)).rejects.toThrow("no access to agencies");
  });
});

describe("an agency's session", () => {
  test("is asked for with the agency as tag, once, and signs what is done for it", async () => {
    const deps = lambdaDeps(tenants);
    const tenant = await deps.tenant(one);
    await Promise.all([read(tenant), read(tenant)]);
    await read(await deps.tenant(one));
    expect(aws.times("AssumeRole")).toBe(1);
    const asked = new URLSearchParams(aws.asked.find((a) => a.action === "AssumeRole")?.body);
    expect(asked.get("Tags.member.1.Key")).toBe("agency");
    expect(asked.get("Tags.member.1.Value")).toBe(one);
    expect(keysThatRead()).toEqual(Array(3).fill(`KEY-${one}`));
  });

  test("is never another's, and the platform's own records are read without one", async () => {
    const deps = lambdaDeps(tenants);
    await read(await deps.tenant(one));
    await read(await deps.tenant(other));
    await read(deps.platform);
    expect(keysThatRead()).toEqual([`KEY-${one}`, `KEY-${other}`, "OWN"]);
  });

  test("is renewed before it ends, then kept again", async () => {
    sessionMs = 60_000;
    const tenant = await lambdaDeps(tenants).tenant(one);
    await read(tenant);
    sessionMs = hourMs;
    await read(tenant);
    const renewed = aws.times("AssumeRole");
    expect(renewed).toBeGreaterThan(1);
    await read(tenant);
    await read(tenant);
    expect(aws.times("AssumeRole")).toBe(renewed);
  });
});

test("a secret is read when it is first needed, and kept", async () => {
  const deps = lambdaDeps(webhookSecret);
  expect(aws.times("GetSecretValue")).toBe(0);
  expect(await Promise.all([deps.webhookSecret(), deps.webhookSecret()])).toEqual([
    "whsec_1",
    "whsec_1",
  ]);
  expect(aws.times("GetSecretValue")).toBe(1);
});

describe("the bus", () => {
  const envelope: Envelope = {
    id: "evt_1",
    type: "invoice.paid",
    subject: "inv_1",
    actor: { system: "test" },
    at: "2027-03-01T09:00:00.000Z",
    data: {},
  };

  test("gets whole envelopes under their own names", async () => {
    await lambdaDeps(bus).putEvents([envelope]);
    const [entry] = JSON.parse(aws.asked[0]?.body ?? "{}").Entries;
    expect(entry).toMatchObject({
      EventBusName: "drawdown-production",
      Source: "drawdown",
      DetailType: "invoice.paid",
    });
    expect(JSON.parse(entry.Detail)).toEqual(envelope);
  });

  test("taking only some of them is a failure: the stream is read again", async () => {
    failedEntries = 1;
    await expect(lambdaDeps(bus).putEvents([envelope, envelope])).rejects.toThrow("1 of 2 events");
  });
});

describe("links to files", () => {
  const now = "2027-03-01T09:00:00.000Z";
  const file = { key: "documents/agy_1/doc_1", contentType: "application/pdf" };

  test("are signed with the function's own key, for one object, one type and one size, for minutes", async () => {
    const links = await lambdaDeps(fileLinks).fileLinks();
    const made = await links.upload({ ...file, size: 5 }, now);
    const { pathname, searchParams } = new URL(made.url);
    expect(pathname).toBe("/drawdown-files/documents/agy_1/doc_1");
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe(
      "content-length;content-type;host;if-none-match",
    );
    expect(searchParams.get("X-Amz-Credential")).toBe("OWN/20270301/eu-central-1/s3/aws4_request");
    expect(searchParams.get("X-Amz-Expires")).toBe("900");
    // A checksum of the empty body would make S3 refuse every upload.
    expect([...searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
    const fetched = await links.download({ ...file, name: "a.pdf" }, now);
    expect(new URL(fetched.url).searchParams.get("response-content-disposition")).toContain(
      "attachment",
    );
    expect(aws.asked).toEqual([]);
  });
});

test("a file is removed from the bucket by its key", async () => {
  await (await lambdaDeps(files).files()).remove("documents/agy_1/doc_1");
  expect(aws.asked).toMatchObject([
    { action: "DELETE /drawdown-files/documents/agy_1/doc_1", accessKey: "OWN" },
  ]);
});

test("a mail goes out as it was written, under the stage's configuration set, tagged with whose it is", async () => {
  await lambdaDeps(mail).sendMail({
    from: "billing@drawdown.test",
    to: ["ann@acme.test"],
    cc: [],
    bcc: ["books@acme.test"],
    raw: Buffer.from("Subject: hello\r\n\r\nHello"),
    tags: { agency: one, customer: "cus_1" },
  });
  const sent = JSON.parse(aws.asked[0]?.body ?? "{}");
  expect(sent).toMatchObject({
    ConfigurationSetName: "drawdown-production-mail",
    Destination: { ToAddresses: ["ann@acme.test"], BccAddresses: ["books@acme.test"] },
    EmailTags: [
      { Name: "agency", Value: one },
      { Name: "customer", Value: "cus_1" },
    ],
  });
  expect(Buffer.from(sent.Content.Raw.Data, "base64").toString()).toContain("Subject: hello");
});

test("the log hides what must not be read there, however deep it lies", () => {
  vi.stubEnv("POWERTOOLS_DEV", "true");
  const write = vi.spyOn(console, "error").mockImplementation(() => undefined);
  lambdaDeps().log.error("a request failed", {
    path: "/v1/invoices",
    event: { headers: { "api-key": "dd_secret" }, body: "dd_secret" },
    webhookSecret: "dd_secret",
  });
  const [line] = write.mock.calls.map(([text]) => String(text));
  write.mockRestore();
  expect(line).toContain("/v1/invoices");
  expect(line).not.toContain("dd_secret");
});

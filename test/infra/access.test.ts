import { describe, expect, test } from "vitest";
import { documentKey, objectFolders, zipKey } from "../../domain/documents/object-key.ts";
import type { Id } from "../../domain/shared/ids.ts";
import {
  access,
  agencyIdPattern,
  fileRights,
  objectPattern,
  tenantKeyPatterns,
} from "../../infra/access.ts";
import {
  actionsOf,
  type Resource,
  resourcesOf,
  type Statement,
  statementsOf,
  templates,
} from "./templates.ts";

const all = templates();
const statements = statementsOf(all);
const tableWrites = /^dynamodb:(PutItem|UpdateItem|DeleteItem|ConditionCheckItem)$/;
const tableReads = /^dynamodb:(GetItem|BatchGetItem|Query)$/;

const leadingKeys = ({ Condition }: Statement): string[] =>
  [Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"] ?? []].flat() as string[];

/** `documents` of arn:.../documents/agy_<26>/<30>, which is all that the resource may be. */
const folderIn = ({ Resource: resource }: Statement): string | undefined =>
  /^\{"Fn::Join":\["",\[\{[^{}]+\},"\/(\w+)\/agy_\?{26}\/\?{30}"\]\]\}$/.exec(
    JSON.stringify(resource),
  )?.[1];

/** The statements of one function's own role. */
function statementsFor(name: string): Statement[] {
  const policies = resourcesOf(all, "AWS::IAM::Policy").filter(({ Properties }) =>
    Properties.Roles.some(
      (role: { Ref?: string }) => roleName(role.Ref) === `drawdown-test-${name}`,
    ),
  );
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function roleName(id: string | undefined): string | undefined {
  for (const template of Object.values(all)) {
    const role = template.toJSON().Resources[id ?? ""] as Resource | undefined;
    if (role) return role.Properties.RoleName;
  }
  return undefined;
}

describe("what any role may do", () => {
  test("is named action by action", () => {
    for (const action of statements.flatMap(actionsOf)) {
      expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    }
  });

  test("never is a Scan, PartiQL, or a change of the table itself", () => {
    const actions = statements.flatMap(actionsOf).filter((one) => one.startsWith("dynamodb:"));
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions)
      expect(action).not.toMatch(/Scan|PartiQL|Table|Export|Import|Batch(Write)/);
  });

  test("never reaches every resource of a kind", () => {
    for (const { Resource: resource } of statements) expect([resource].flat()).not.toContain("*");
  });

  test("comes from these policies only: no role has one that AWS keeps", () => {
    for (const { Properties } of resourcesOf(all, "AWS::IAM::Role")) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
  });

  test("writes to the table inside a transaction only: no path skips the record of the change", () => {
    const writes = statements.filter((one) => actionsOf(one).some((a) => tableWrites.test(a)));
    expect(writes.length).toBeGreaterThan(1);
    for (const one of writes) {
      expect(one.Condition?.["ForAnyValue:StringEquals"]).toEqual({
        "dynamodb:EnclosingOperation": ["TransactWriteItems"],
      });
    }
  });

  test("names the keys that it reads or writes; a request without keys is refused", () => {
    const touching = statements.filter((one) =>
      actionsOf(one).some((action) => tableWrites.test(action) || tableReads.test(action)),
    );
    for (const one of touching) {
      expect(leadingKeys(one).length).toBeGreaterThan(0);
      expect(one.Condition?.Null).toEqual({ "dynamodb:LeadingKeys": "false" });
      for (const pattern of leadingKeys(one)) expect(pattern).toMatch(/^[AX]#[^*]/);
    }
  });
});

describe("a session for an agency", () => {
  const tenant = statementsFor("tenant");

  test("reaches the agency's own keys, in the table and its two lists, and no others", () => {
    expect(tenant).toHaveLength(2);
    for (const one of tenant) {
      expect(leadingKeys(one)).toEqual(tenantKeyPatterns(`\${aws:PrincipalTag/agency}`));
      expect(JSON.stringify(one.Resource)).not.toMatch(/\*|index\/due/);
    }
  });

  test("is opened by the functions that need one, named by their roles, with the tag and no other", () => {
    const role = resourcesOf(all, "AWS::IAM::Role").find(
      ({ Properties }) => Properties.RoleName === "drawdown-test-tenant",
    );
    const trust = role?.Properties.AssumeRolePolicyDocument.Statement;
    expect(trust).toHaveLength(1);
    const [{ Action: actions, Condition: condition }] = trust;
    expect(actions).toEqual(["sts:AssumeRole", "sts:TagSession"]);
    expect(condition.StringLike).toEqual({ "aws:RequestTag/agency": agencyIdPattern });
    expect(condition.Null).toEqual({ "aws:RequestTag/agency": "false" });
    expect(condition["ForAllValues:StringEquals"]).toEqual({ "aws:TagKeys": ["agency"] });
    const named = Object.keys(access).filter((name) => access[name]?.parts.includes("tenants"));
    const callers: unknown[] = condition.ArnEquals["aws:PrincipalArn"];
    const text = callers.map((one) => JSON.stringify(one));
    expect(text).toHaveLength(named.length);
    for (const name of named) expect(text.join()).toContain(`:role/drawdown-test-${name}"`);
  });
});

describe.each(Object.entries(access))("%s", (name, { parts, reads, writes }) => {
  const own = statementsFor(name);
  const actions = own.flatMap(actionsOf);
  const secrets = JSON.stringify(
    own.filter((one) => actionsOf(one).includes("secretsmanager:GetSecretValue")),
  );

  test("reaches the keys that it is listed with", () => {
    const read = own.filter((one) => actionsOf(one).some((action) => tableReads.test(action)));
    const written = own.filter((one) => actionsOf(one).some((action) => tableWrites.test(action)));
    expect(read.flatMap(leadingKeys)).toEqual(reads);
    expect(written.flatMap(leadingKeys)).toEqual(writes);
  });

  test("reaches the files that its parts are for, folder by folder, and no others", () => {
    const onFiles = own.filter((one) => actionsOf(one).some((action) => action.startsWith("s3:")));
    const given = onFiles.map((one) => [folderIn(one), actionsOf(one)]);
    const wanted = Object.entries(fileRights).flatMap(([part, rights]) =>
      parts.includes(part as keyof typeof fileRights) ? Object.entries(rights) : [],
    );
    expect(given).toEqual(wanted);
  });

  test("may do what its parts need, and nothing of the others", () => {
    expect(actions.includes("sts:AssumeRole")).toBe(parts.includes("tenants"));
    expect(actions.includes("ses:SendEmail")).toBe(parts.includes("mail"));
    expect(actions.includes("events:PutEvents")).toBe(parts.includes("bus"));
    expect(secrets.includes("drawdown/test/stripe-key-??????")).toBe(parts.includes("stripe"));
    expect(secrets.includes("drawdown/test/stripe-webhook-??????")).toBe(
      parts.includes("webhook-secret"),
    );
  });
});

test("the secrets of Stripe are known to few", () => {
  const holders = Object.keys(access).filter((name) => access[name]?.parts.includes("stripe"));
  expect(holders.sort()).toEqual([
    ...["agencies", "billing", "consumers", "customers", "perform-due", "portal"],
    ...["reconcile-stripe", "recurring"],
  ]);
});

test("files lie in the folders that rights are given for", () => {
  for (const rights of Object.values(fileRights)) {
    expect(Object.keys(rights).sort()).toEqual(Object.values(objectFolders).sort());
  }
  const [agency, random] = [`agy_${"0".repeat(26)}`, "0".repeat(26)] as const;
  const keys = [
    documentKey(agency as Id<"agency">, `doc_${random}`),
    zipKey(agency as Id<"agency">, `zip_${random}`),
  ];
  for (const key of keys) {
    expect(key).toHaveLength(objectPattern(key.split("/")[0] ?? "").length);
  }
});

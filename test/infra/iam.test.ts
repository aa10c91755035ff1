import { describe, expect, test } from "vitest";
import { access } from "../../infra/access.ts";
import { type Asked, isAllowed, statementsOfRole, textOf } from "./iam.ts";
import { resourcesOf, type Statement, templates } from "./templates.ts";

/** The policies of the synthesized stacks, asked as IAM would be. */
const all = templates();
const own = "agy_01MG052TM0AAAAAAAAAAAAAAAA";
const foreign = "agy_01MG052TM0BBBBBBBBBBBBBBBB";

interface Call {
  readonly action: string;
  readonly keys?: readonly string[];
  readonly index?: string;
  readonly inTransaction?: boolean;
  readonly tag?: string;
}

function asked({ action, keys = [], index, inTransaction = false, tag }: Call): Asked {
  return {
    action: `dynamodb:${action}`,
    resource: index ? `table/index/${index}` : "table",
    context: {
      ...(keys.length > 0 ? { "dynamodb:LeadingKeys": keys } : {}),
      ...(inTransaction ? { "dynamodb:EnclosingOperation": ["TransactWriteItems"] } : {}),
      ...(tag ? { "aws:PrincipalTag/agency": tag } : {}),
    },
  };
}

const roleOf = (name: string): Statement[] => statementsOfRole(all, `drawdown-test-${name}`);
const put = { action: "PutItem", inTransaction: true } as const;

describe("a session with an agency's tag", () => {
  const tenant = roleOf("tenant");
  const tag = own;

  test.each<[string, Call]>([
    ["reads the agency", { action: "GetItem", keys: [`A#${own}`] }],
    ["reads its records", { action: "BatchGetItem", keys: [`A#${own}#INV#1`, `A#${own}#C#2`] }],
    ["lists them", { action: "Query", keys: [`A#${own}#INV`], index: "byAgency" }],
    ["lists a customer's", { action: "Query", keys: [`A#${own}#C#2#PAY`], index: "byCustomer" }],
    ["writes them in a transaction", { ...put, keys: [`A#${own}#INV#1`] }],
    ["changes them", { ...put, action: "UpdateItem", keys: [`A#${own}#RATE`] }],
    ["removes them", { ...put, action: "DeleteItem", keys: [`A#${own}#U#email#a`] }],
  ])("%s", (_name, call) => {
    expect(isAllowed(tenant, asked({ ...call, tag }))).toBe(true);
  });

  test.each<[string, Call]>([
    ["another agency", { action: "GetItem", keys: [`A#${foreign}`] }],
    ["another agency's record", { action: "GetItem", keys: [`A#${foreign}#INV#1`] }],
    ["one among own ones", { action: "BatchGetItem", keys: [`A#${own}#INV#1`, `A#${foreign}`] }],
    ["an agency whose id goes on from its own", { action: "GetItem", keys: [`A#${own}X`] }],
    ["another's list", { action: "Query", keys: [`A#${foreign}#INV`], index: "byAgency" }],
    ["what is due for all agencies", { action: "Query", keys: ["X#DUE#0"], index: "due" }],
    ["its own key in the index of all", { action: "Query", keys: [`A#${own}`], index: "due" }],
    ["key hashes", { action: "GetItem", keys: ["X#KEY#abc"] }],
    ["sessions", { action: "GetItem", keys: ["X#SESSION#abc"] }],
    ["a read that names no key", { action: "Query" }],
    ["a Scan", { action: "Scan", keys: [`A#${own}`] }],
    ["a Scan of a list", { action: "Scan", keys: [`A#${own}#INV`], index: "byAgency" }],
    ["PartiQL", { action: "PartiQLSelect", keys: [`A#${own}`] }],
    ["a write of its own outside a transaction", { action: "PutItem", keys: [`A#${own}#INV#1`] }],
    ["a write for another in one", { ...put, keys: [`A#${foreign}#INV#1`] }],
    ["many writes at once", { action: "BatchWriteItem", keys: [`A#${own}#INV#1`] }],
    ["a write that names no key", { ...put }],
    ["the table's end", { action: "DeleteTable" }],
  ])("may not touch %s", (_name, call) => {
    expect(isAllowed(tenant, asked({ ...call, tag }))).toBe(false);
  });

  test.each(["", "*", "agy_*", foreign])(
    "reaches nothing of an agency with the tag %j",
    (other) => {
      const call = asked({ action: "GetItem", keys: [`A#${own}#INV#1`], tag: other });
      // IAM takes no star or question mark in a tag's value: the trust policy refuses such a session.
      if (!/[*?]/.test(other)) expect(isAllowed(tenant, call)).toBe(false);
      expect(mayAssume({ tag: other, tags: ["agency"] })).toBe(other === foreign);
    },
  );
});

const caller = (name: string): string =>
  `arn:<AWS::Partition>:iam::<AWS::AccountId>:role/drawdown-test-${name}`;

function mayAssume(given: { tag?: string; tags: readonly string[]; by?: string }): boolean {
  const { tag, tags, by = "billing" } = given;
  const role = resourcesOf(all, "AWS::IAM::Role").find(
    ({ Properties }) => Properties.RoleName === "drawdown-test-tenant",
  );
  const trust = (role?.Properties.AssumeRolePolicyDocument.Statement ?? []) as Statement[];
  const context = {
    "aws:PrincipalArn": caller(by),
    "aws:TagKeys": tags,
    ...(tag ? { "aws:RequestTag/agency": tag } : {}),
  };
  const statements = trust.map((one) => ({ ...one, Resource: "role" }));
  return isAllowed(statements, { action: "sts:AssumeRole", resource: "role", context });
}

describe("a session for an agency is opened", () => {
  test("by the functions that serve agencies, with one whole id", () => {
    for (const [name, { parts }] of Object.entries(access)) {
      const by = mayAssume({ tag: own, tags: ["agency"], by: name });
      expect({ name, by }).toEqual({ name, by: parts.includes("tenants") });
    }
  });

  test.each([
    ["without a tag", { tags: [] }],
    ["with a tag beside it", { tag: own, tags: ["agency", "role"] }],
    ["with a pattern for a tag", { tag: `${own.slice(0, 10)}*`, tags: ["agency"] }],
    ["by a stranger's role", { tag: own, tags: ["agency"], by: "somebody" }],
  ])("never %s", (_name, given) => {
    expect(mayAssume(given)).toBe(false);
  });
});

describe.each(Object.entries(access))("%s with its own role", (name, { reads, writes }) => {
  const statements = roleOf(name);
  const mayRead = (key: string) => isAllowed(statements, asked({ action: "GetItem", keys: [key] }));
  const mayWrite = (key: string) => isAllowed(statements, asked({ ...put, keys: [key] }));
  const table: readonly [key: string, reads: string, writes: string][] = [
    ["X#KEY#hash", "X#KEY#*", "X#KEY#*"],
    ["X#SESSION#hash", "X#SESSION#*", "X#SESSION#*"],
    ["X#TOKEN#hash", "X#TOKEN#*", "X#TOKEN#*"],
    ["X#LINKS#hash", "X#LINKS#*", "X#LINKS#*"],
    ["X#SLUG#north", "X#SLUG#*", "X#SLUG#*"],
    ["X#STRIPE#acct_1", "X#STRIPE#*", "X#STRIPE#*"],
    ["X#STRIPE-EVENT#evt_1", "X#STRIPE-EVENT#*", "X#STRIPE-EVENT#*"],
  ];

  test.each(table)("reads and writes %s only if it is listed so", (key, read, write) => {
    expect(mayRead(key)).toBe(reads.includes(read));
    expect(mayWrite(key)).toBe(writes.includes(write));
  });

  test("reads no agency's record, whichever it is", () => {
    for (const key of [`A#${own}`, `A#${own}#INV#1`, `A#${own}#C#1`])
      expect(mayRead(key)).toBe(false);
  });

  test("books nothing without the agency's session", () => {
    for (const kind of ["INV", "PAY", "CRE", "QUO", "SERIES"]) {
      expect(mayWrite(`A#${own}#${kind}#1`)).toBe(false);
    }
  });
});

test("the evaluator sees the table in every stack", () => {
  const resources = ["tenant", "agencies", "consumers"]
    .flatMap(roleOf)
    .flatMap(({ Resource }) => [Resource ?? []].flat().map(textOf));
  expect(resources.filter((one) => one === "table").length).toBeGreaterThan(4);
});

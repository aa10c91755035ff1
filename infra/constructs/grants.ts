import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Effect, type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";

const readActions = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
const writeActions = [
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:ConditionCheckItem",
];
const inTransaction = {
  "ForAnyValue:StringEquals": { "dynamodb:EnclosingOperation": ["TransactWriteItems"] },
};

interface Reach {
  readonly table: TableV2;
  /** Patterns of partition keys; a policy variable may stand in them. */
  readonly keys: readonly string[];
  readonly indexes: readonly string[];
}

const leading = (keys: readonly string[]) => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...keys] },
  // Without it a request that names no key at all would pass.
  Null: { "dynamodb:LeadingKeys": "false" },
});

const allow = (actions: string[], resources: string[], conditions: Record<string, unknown>) =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources, conditions });

/** Reads by key, of these partitions only. There is no Scan, by name or by star. */
export function grantReads(grantee: IGrantable, { table, keys, indexes }: Reach): void {
  const resources = [table.tableArn, ...indexes.map((name) => `${table.tableArn}/index/${name}`)];
  grantee.grantPrincipal.addToPrincipalPolicy(allow(readActions, resources, leading(keys)));
}

/** Writes inside a transaction only, so no code path can change state without its record. */
export function grantWrites(grantee: IGrantable, { table, keys }: Reach): void {
  const conditions = { ...leading(keys), ...inTransaction };
  grantee.grantPrincipal.addToPrincipalPolicy(allow(writeActions, [table.tableArn], conditions));
}

import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { readActions, writeActions } from "../access.ts";

interface Reach {
  readonly tableArn: string;
  /** Patterns of partition keys; a policy variable may stand in them. */
  readonly keys: readonly string[];
  readonly indexes?: readonly string[];
}

const limitedTo = (keys: readonly string[]) => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...keys] },
  // ForAllValues is true of nothing at all: a request that names no key must not pass.
  Null: { "dynamodb:LeadingKeys": "false" },
});

/** Reads of named partitions. There is no Scan here, by name or by star. */
export const mayRead = ({ tableArn, keys, indexes = [] }: Reach): PolicyStatement =>
  new PolicyStatement({
    actions: [...readActions],
    resources: [tableArn, ...indexes.map((index) => `${tableArn}/index/${index}`)],
    conditions: limitedTo(keys),
  });

/** Writes inside a transaction only, so that no path of the code changes state without its record. */
export const mayWrite = ({ tableArn, keys }: Reach): PolicyStatement =>
  new PolicyStatement({
    actions: [...writeActions],
    resources: [tableArn],
    conditions: {
      ...limitedTo(keys),
      "ForAnyValue:StringEquals": { "dynamodb:EnclosingOperation": ["TransactWriteItems"] },
    },
  });

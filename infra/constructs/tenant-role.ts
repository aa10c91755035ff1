import { Duration, Stack } from "aws-cdk-lib";
import { AccountRootPrincipal, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { access, agencyIdPattern, tenantIndexes, tenantKeyPatterns } from "../access.ts";
import { nameOf, type Settings } from "../settings.ts";
import { mayRead, mayWrite } from "./statements.ts";

interface TenantRoleProps {
  readonly settings: Settings;
  readonly tableArn: string;
}

/**
 * Assumed with the agency as session tag; its policy reaches that agency's keys and no others. So a
 * mistake in a key ends in a refusal by the database, not in another agency's data.
 */
export class TenantRole extends Role {
  constructor(scope: Construct, id: string, { settings, tableArn }: TenantRoleProps) {
    const { account, partition } = Stack.of(scope);
    const callers = Object.entries(access)
      .filter(([, { parts }]) => parts.includes("tenants"))
      .map(([name]) => `arn:${partition}:iam::${account}:role/${nameOf(settings, name)}`);
    const onlyTagged = {
      ArnEquals: { "aws:PrincipalArn": callers },
      StringLike: { "aws:RequestTag/agency": agencyIdPattern },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["agency"] },
      Null: { "aws:RequestTag/agency": "false" },
    };
    const assumedBy = new AccountRootPrincipal().withConditions(onlyTagged).withSessionTags();
    super(scope, id, {
      roleName: nameOf(settings, "tenant"),
      description: "One agency's records, named by the session tag agency",
      maxSessionDuration: Duration.hours(1),
      assumedBy,
    });
    const keys = tenantKeyPatterns(`\${aws:PrincipalTag/agency}`);
    this.addToPolicy(mayRead({ tableArn, keys, indexes: tenantIndexes }));
    this.addToPolicy(mayWrite({ tableArn, keys }));
  }

  /** For a function whose role is among the callers. */
  assuming(): PolicyStatement {
    return new PolicyStatement({
      actions: ["sts:AssumeRole", "sts:TagSession"],
      resources: [this.roleArn],
    });
  }
}

import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as Lambda,
  LoggingFormat,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { type Access, accessOf, fileRights, objectPattern } from "../access.ts";
import { nameOf, secretNameOf } from "../settings.ts";
import type { DataStack } from "../stacks/data.ts";
import { mayRead, mayWrite } from "./statements.ts";

interface FunctionProps {
  /** Name of its entry file in functions/lambda. */
  readonly name: string;
  readonly data: DataStack;
  /** Where its bundle lies. */
  readonly bundle: (name: string) => string;
  readonly timeoutS: number;
  readonly memoryMb?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** One Lambda function with a role of its own: what infra/access.ts says, and its log, and no more. */
export class DrawdownFunction extends Lambda {
  constructor(scope: Construct, id: string, props: FunctionProps) {
    const { name, data } = props;
    const access = accessOf(name);
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/drawdown/${data.settings.stage}/${name}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, {
      roleName: nameOf(data.settings, name),
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    for (const statement of statementsFor(access, data)) role.addToPolicy(statement);
    super(scope, id, {
      functionName: nameOf(data.settings, name),
      code: Code.fromAsset(props.bundle(name)),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb ?? 1_024,
      timeout: Duration.seconds(props.timeoutS),
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      environment: { ...environmentFor(access, data), ...props.environment },
    });
    logGroup.grantWrite(role);
    alarmOnErrors(this, data);
  }
}

function environmentFor({ parts }: Access, { settings, ...data }: DataStack) {
  const { domain, stage } = settings;
  return {
    TABLE_NAME: data.table.tableName,
    PUBLIC_URL: `https://${domain}`,
    MAIL_FROM: `billing@${domain}`,
    STAGE: stage,
    POWERTOOLS_SERVICE_NAME: "drawdown",
    ...(parts.includes("tenants") ? { TENANT_ROLE_ARN: data.tenantRole.roleArn } : {}),
    ...(parts.includes("stripe")
      ? { STRIPE_SECRET_NAME: secretNameOf(settings, "stripe-key") }
      : {}),
    ...(parts.includes("webhook-secret")
      ? { STRIPE_WEBHOOK_SECRET_NAME: secretNameOf(settings, "stripe-webhook") }
      : {}),
    ...(parts.includes("mail") ? { MAIL_CONFIGURATION_SET: data.mailSet } : {}),
    ...(handlesFiles(parts) ? { FILES_BUCKET: data.files.bucketName } : {}),
  };
}

function statementsFor(
  { parts, reads, writes, indexes = [] }: Access,
  data: DataStack,
): PolicyStatement[] {
  const { tableArn } = data.table;
  return [
    ...(reads.length > 0 ? [mayRead({ tableArn, keys: reads, indexes })] : []),
    ...(writes.length > 0 ? [mayWrite({ tableArn, keys: writes })] : []),
    ...(parts.includes("tenants") ? [data.tenantRole.assuming()] : []),
    ...(parts.includes("stripe") ? [mayReadSecret(data, "stripe-key")] : []),
    ...(parts.includes("webhook-secret") ? [mayReadSecret(data, "stripe-webhook")] : []),
    ...(parts.includes("mail") ? [data.maySendMail()] : []),
    ...fileParts.flatMap((part) => (parts.includes(part) ? mayUseFiles(data, part) : [])),
  ];
}

const fileParts = Object.keys(fileRights) as (keyof typeof fileRights)[];

const handlesFiles = (parts: Access["parts"]): boolean =>
  fileParts.some((part) => parts.includes(part));

const mayUseFiles = ({ files }: DataStack, part: keyof typeof fileRights): PolicyStatement[] =>
  Object.entries(fileRights[part]).map(
    ([folder, actions]) =>
      new PolicyStatement({
        actions: [...actions],
        resources: [`${files.bucketArn}/${objectPattern(folder)}`],
      }),
  );

/** Secrets Manager ends every ARN with a dash and six characters of its own. */
function mayReadSecret(
  data: DataStack,
  secret: Parameters<typeof secretNameOf>[1],
): PolicyStatement {
  const { partition, region, account } = Stack.of(data);
  const name = secretNameOf(data.settings, secret);
  return new PolicyStatement({
    actions: ["secretsmanager:GetSecretValue"],
    resources: [`arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`],
  });
}

function alarmOnErrors(made: Lambda, { alarms }: DataStack): void {
  const alarm = new Alarm(made, "Errors", {
    alarmDescription: 'A function ends with errors: see "A function fails" in docs/runbook.md',
    metric: made.metricErrors({ period: Duration.minutes(5) }),
    threshold: 3,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(alarms));
}

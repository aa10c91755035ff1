import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { CompositePrincipal, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import { StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsDlq, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { EmailIdentity, Identity } from "aws-cdk-lib/aws-ses";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { consumers } from "../../functions/consumers/all.ts";
import type { Route } from "../../functions/kit/route.ts";
import { routes } from "../../functions/routes.ts";
import { AreaFunction } from "../constructs/area-function.ts";
import { grantReads, grantWrites } from "../constructs/grants.ts";
import type { DataStack } from "./data.ts";

interface AppStackProps extends StackProps {
  readonly data: DataStack;
  readonly stage: string;
  /** Where people reach it, and whose mails it sends. */
  readonly domain: string;
}

type Environment = Record<string, string>;

/** Platform keys that an area may reach beside its tenants'. Keys of API keys are everybody's to read. */
const platformKeys: Readonly<Record<string, { reads?: string[]; writes?: string[] }>> = {
  agencies: {
    reads: ["X#KEY#*", "X#SLUG#*", "X#STRIPE#*"],
    // A new key or a connected account is one transaction over the agency's part and the platform's.
    writes: ["X#KEY#*", "X#SLUG#*", "X#STRIPE#*", "A#*"],
  },
  "stripe-webhook": { reads: ["X#STRIPE-EVENT#*"], writes: ["X#STRIPE-EVENT#*"] },
  consumers: {
    reads: ["X#STRIPE-EVENT#*", "X#STRIPE#*"],
    writes: ["X#STRIPE#*", "A#*"],
  },
};

const usesStripe = new Set(["agencies", "billing", "customers", "payments", "consumers"]);
const tenantKeys = [`A#\${aws:PrincipalTag/agency}`, `A#\${aws:PrincipalTag/agency}#*`];

/** The API, the bus and everything that reacts. */
export class AppStack extends Stack {
  private readonly data: DataStack;
  private readonly functions = new Map<string, AreaFunction>();

  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    this.data = props.data;
    const bus = new EventBus(this, "Bus");
    const environment = {
      TABLE: props.data.table.tableName,
      PUBLIC_URL: `https://${props.domain}`,
      MAIL_FROM: `billing@${props.domain}`,
      BUS: bus.eventBusName,
      STAGE: props.stage,
      NODE_OPTIONS: "--enable-source-maps",
    };
    const areas = [...new Set(routes.map(({ area }) => area))];
    for (const area of areas) this.area(area, environment);
    const publish = this.area("publish", environment, 30);
    const reacting = this.area("consumers", environment, 60);
    this.tenantRole();
    this.api();
    bus.grantPutEventsTo(publish);
    publish.addEventSource(this.stream());
    for (const { name, on } of consumers) this.queue(bus, reacting, { name, on });
    this.mail(reacting, props.domain);
  }

  private area(name: string, environment: Environment, timeoutS = 10): AreaFunction {
    const { stripeSecret, webhookSecret } = this.data;
    const secrets = {
      ...(usesStripe.has(name) ? { STRIPE_SECRET: stripeSecret.secretName } : {}),
      ...(name === "stripe-webhook" ? { WEBHOOK_SECRET: webhookSecret.secretName } : {}),
    };
    const made = new AreaFunction(this, name, {
      environment: { ...environment, ...secrets },
      timeoutS,
    });
    if (usesStripe.has(name)) readable(stripeSecret, made);
    if (name === "stripe-webhook") readable(webhookSecret, made);
    const { reads = [], writes = [] } = platformKeys[name] ?? {};
    const { table } = this.data;
    const keys = [...new Set(name === "publish" ? reads : ["X#KEY#*", ...reads])];
    if (keys.length > 0) grantReads(made, { table, keys, indexes: [] });
    if (writes.length > 0) grantWrites(made, { table, keys: writes, indexes: [] });
    this.functions.set(name, made);
    return made;
  }

  /** Assumed with the agency as session tag: its policy reaches that agency's keys and no others. */
  private tenantRole(): void {
    const callers = [...this.functions.values()].flatMap(({ role }) => role ?? []);
    const role = new Role(this, "TenantRole", {
      assumedBy: new CompositePrincipal(...callers.map(({ grantPrincipal }) => grantPrincipal)),
      maxSessionDuration: Duration.hours(1),
    });
    role.assumeRolePolicy?.addStatements(
      new PolicyStatement({
        actions: ["sts:TagSession"],
        principals: callers.map(({ grantPrincipal }) => grantPrincipal),
        conditions: { StringLike: { "aws:RequestTag/agency": "agy_*" } },
      }),
    );
    const { table } = this.data;
    const reach = { table, keys: tenantKeys, indexes: ["byCustomer", "byAgency"] };
    grantReads(role, reach);
    grantWrites(role, reach);
    for (const one of this.functions.values()) {
      one.addEnvironment("TENANT_ROLE", role.roleArn);
      one.addToRolePolicy(
        new PolicyStatement({
          actions: ["sts:AssumeRole", "sts:TagSession"],
          resources: [role.roleArn],
        }),
      );
    }
  }

  private api(): void {
    const integration = (area: string) => {
      const handler = this.functions.get(area);
      if (!handler) throw new Error(`no function for ${area}`);
      return new HttpLambdaIntegration(`${area}-integration`, handler);
    };
    const known = new Map<string, HttpLambdaIntegration>();
    const of = (area: string) => {
      const made = known.get(area) ?? integration(area);
      known.set(area, made);
      return made;
    };
    // What no route takes gets our own 404 or 405.
    const api = new HttpApi(this, "Api", { defaultIntegration: of("agencies") });
    for (const route of routes) this.route(api, route, of(route.area));
  }

  private route(httpApi: HttpApi, route: Route, integration: HttpLambdaIntegration): void {
    new HttpRoute(this, `route-${route.operation}`, {
      httpApi,
      routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
      integration,
    });
  }

  private stream(): DynamoEventSource {
    return new DynamoEventSource(this.data.table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 20,
      onFailure: new SqsDlq(this.deadLetters("publish")),
    });
  }

  private deadLetters(name: string): Queue {
    return new Queue(this, `${name}-dead`, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  }

  private queue(
    bus: EventBus,
    handler: AreaFunction,
    { name, on }: { readonly name: string; readonly on: readonly string[] },
  ): void {
    const queue = new Queue(this, `${name}-queue`, {
      queueName: `${this.stackName}-${name}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: this.deadLetters(name), maxReceiveCount: 5 },
    });
    const exact = on.filter((type) => !type.endsWith("*"));
    const prefixes = on.flatMap((type) => (type.endsWith("*") ? [type.slice(0, -1)] : []));
    const wantsAll = prefixes.includes("");
    new Rule(this, `${name}-rule`, {
      eventBus: bus,
      eventPattern: {
        source: ["drawdown"],
        ...(wantsAll
          ? {}
          : { detailType: [...exact, ...prefixes.map((prefix) => ({ prefix }))] as string[] }),
      },
      targets: [new SqsQueue(queue)],
    });
    handler.addEventSource(
      new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }),
    );
  }

  private mail(sender: AreaFunction, domain: string): void {
    const identity = new EmailIdentity(this, "MailIdentity", { identity: Identity.domain(domain) });
    sender.addToRolePolicy(
      new PolicyStatement({
        actions: ["ses:SendEmail", "ses:SendRawEmail"],
        resources: [identity.emailIdentityArn],
      }),
    );
  }
}

function readable(secret: Secret, reader: AreaFunction): void {
  reader.addToRolePolicy(
    new PolicyStatement({
      actions: ["secretsmanager:GetSecretValue"],
      resources: [secret.secretArn],
    }),
  );
}

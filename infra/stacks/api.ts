import { Duration, Fn, RemovalPolicy, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Route } from "../../functions/kit/route.ts";
import { routes } from "../../functions/routes.ts";
import { DrawdownFunction } from "../constructs/drawdown-function.ts";
import type { DataStack } from "./data.ts";

interface ApiStackProps extends StackProps {
  readonly data: DataStack;
  readonly bundle: (name: string) => string;
}

/** Answers what no route takes, with our own 404 or 405. */
const defaultArea = "agencies";
const areas = [...new Set([defaultArea, ...routes.map(({ area }) => area)])];

/** Below the ten seconds after which a caller may give up. */
const answerMaxS = 9;
/** The account's own limit protects nothing from one stage's flood. */
const throttle = { rateLimit: 1_000, burstLimit: 2_000 };

/** One route per line of the route table, each to the function of its area. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  /**
   * The content network sends it along, and the functions believe no list of hops without it. It is the end
   * of the stack's own name, which AWS makes up: nobody outside the account can know it, and it needs no keeping.
   */
  readonly edgeMark: string;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { data } = props;
    this.edgeMark = Fn.select(2, Fn.split("/", this.stackId));
    const integrations = new Map(areas.map((area) => [area, this.integration(area, props)]));
    const defaultIntegration = integrations.get(defaultArea);
    const api = new HttpApi(this, "Api", {
      apiName: this.stackName,
      ...(defaultIntegration ? { defaultIntegration } : {}),
      createDefaultStage: false,
    });
    this.api = api;
    for (const route of routes) this.route(api, route, integrations.get(route.area));
    this.stage(api);
    this.alarm(api, data);
    Validations.of(this).acknowledge({
      id: "AwsSolutions-APIG4",
      reason:
        "The functions authenticate: an authorizer could neither take either of two headers nor answer problem+json.",
    });
  }

  private integration(area: string, props: ApiStackProps): HttpLambdaIntegration {
    const handler = new DrawdownFunction(this, area, {
      ...props,
      name: area,
      timeoutS: answerMaxS,
      environment: { EDGE_MARK: this.edgeMark },
    });
    return new HttpLambdaIntegration(`${area}-integration`, handler, {
      timeout: Duration.seconds(answerMaxS + 1),
      // One permission for the API: one per route would outgrow the function's policy.
      scopePermissionToRoute: false,
    });
  }

  private route(httpApi: HttpApi, route: Route, integration?: HttpLambdaIntegration): void {
    if (!integration) throw new Error(`no function answers ${route.method} ${route.path}`);
    new HttpRoute(this, `route-${route.operation}`, {
      httpApi,
      routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
      integration,
    });
  }

  /** Who asked for what, and how it ended; no query, no header, no body. */
  private stage(httpApi: HttpApi): void {
    const logs = new LogGroup(this, "AccessLogs", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const fields = ["requestId", "requestTime", "httpMethod", "path", "routeKey", "status"];
    const format = Object.fromEntries(
      [...fields, "responseLatency", "integrationLatency", "integrationErrorMessage"].map((one) => [
        one,
        `$context.${one}`,
      ]),
    );
    new HttpStage(this, "Stage", {
      httpApi,
      stageName: "$default",
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(format)),
      },
    });
  }

  private alarm(api: HttpApi, { alarms }: DataStack): void {
    const alarm = new Alarm(this, "ServerErrors", {
      alarmDescription: 'The API answers 5xx: see "A function fails" in docs/runbook.md',
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: "sum" }),
      threshold: 5,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(alarms));
  }
}

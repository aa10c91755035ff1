import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { projectedAttributes } from "../../domain/shared/table.store.ts";
import { consumers } from "../../functions/consumers/all.ts";
import { routes } from "../../functions/routes.ts";
import { AppStack } from "../../infra/stacks/app.ts";
import { DataStack } from "../../infra/stacks/data.ts";

let data: Template;
let app: Template;

beforeAll(() => {
  // Bundling is tried by `npm run synth`; the templates are the same without it.
  const root = new App({ context: { "aws:cdk:bundling-stacks": [] } });
  const dataStack = new DataStack(root, "data", { stage: "test" });
  const appStack = new AppStack(root, "app", { data: dataStack, stage: "test", domain: "d.test" });
  data = Template.fromStack(dataStack);
  app = Template.fromStack(appStack);
});

interface Statement {
  readonly Action: string | string[];
  readonly Effect: string;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

const statements = (): Statement[] =>
  Object.values(app.findResources("AWS::IAM::Policy")).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement as Statement[],
  );
const actionsOf = ({ Action }: Statement): string[] => [Action].flat();

describe("the table", () => {
  test("survives mistakes: point-in-time recovery, deletion protection, kept with the stack gone", () => {
    data.hasResource("AWS::DynamoDB::GlobalTable", {
      DeletionPolicy: "Retain",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
        TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
  });

  test("has indexes that never project everything", () => {
    const [table] = Object.values(data.findResources("AWS::DynamoDB::GlobalTable"));
    const types = table?.Properties.GlobalSecondaryIndexes.map(
      (index: { Projection: { ProjectionType: string } }) => index.Projection.ProjectionType,
    );
    expect(types).toEqual(["INCLUDE", "INCLUDE", "KEYS_ONLY"]);
    // An index of DynamoDB carries at most twenty attributes beside its keys.
    expect(projectedAttributes.length).toBeLessThanOrEqual(20);
  });
});

describe("the API", () => {
  test.each(routes.map(({ method, path }) => [`${method} ${path}`]))("has %s", (key) => {
    app.hasResourceProperties("AWS::ApiGatewayV2::Route", { RouteKey: key });
  });

  test("answers what no route takes itself", () => {
    app.hasResourceProperties("AWS::ApiGatewayV2::Route", { RouteKey: "$default" });
  });

  test("runs one Node 24 function on ARM per area, with logs that end", () => {
    const functions = Object.values(app.findResources("AWS::Lambda::Function"));
    const ours = functions.filter(({ Properties }) => Properties.Environment?.Variables?.TABLE);
    expect(ours).toHaveLength(new Set(routes.map(({ area }) => area)).size + 2);
    for (const { Properties } of ours) {
      expect(Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
      expect(Properties.Layers).toBeUndefined();
      expect(Properties.LoggingConfig.LogGroup).toBeDefined();
    }
    for (const group of Object.values(app.findResources("AWS::Logs::LogGroup"))) {
      expect(group.Properties.RetentionInDays).toBeGreaterThan(0);
    }
  });
});

describe("who may do what", () => {
  test("names every action: no star, no Scan, no PartiQL", () => {
    const actions = statements().flatMap(actionsOf);
    for (const action of actions) expect(action).not.toMatch(/^\*$|^dynamodb:\*|Scan|PartiQL/);
  });

  test("writes to the table only inside a transaction, and only under named keys", () => {
    const writes = statements().filter((one) =>
      actionsOf(one).some((action) => /^dynamodb:(Put|Update|Delete)Item$/.test(action)),
    );
    expect(writes.length).toBeGreaterThan(1);
    for (const { Condition } of writes) {
      expect(Condition).toMatchObject({
        "ForAnyValue:StringEquals": { "dynamodb:EnclosingOperation": ["TransactWriteItems"] },
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": expect.any(Array) },
        Null: { "dynamodb:LeadingKeys": "false" },
      });
    }
  });

  test("gives a request the keys of its own agency only", () => {
    const keys = [`A#\${aws:PrincipalTag/agency}`, `A#\${aws:PrincipalTag/agency}#*`];
    const tenant = statements().filter(
      ({ Condition }) =>
        JSON.stringify(Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"]) ===
        JSON.stringify(keys),
    );
    expect(tenant).toHaveLength(2);
  });

  test("lets no reader of requests read another kind of platform record", () => {
    const billing = Object.entries(app.findResources("AWS::IAM::Policy")).filter(([id]) =>
      id.startsWith("billing"),
    );
    expect(JSON.stringify(billing)).toContain("X#KEY#*");
    expect(JSON.stringify(billing)).not.toContain("X#STRIPE");
    expect(JSON.stringify(billing)).not.toContain('"A#*"');
  });
});

describe("what happens afterwards", () => {
  test.each(consumers.map(({ name }) => [name]))("%s has a queue with dead letters", (name) => {
    app.hasResourceProperties("AWS::SQS::Queue", {
      QueueName: `app-${name}`,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });

  test("a record that can't be published is set aside, not lost", () => {
    app.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      DestinationConfig: { OnFailure: Match.anyValue() },
      StartingPosition: "TRIM_HORIZON",
    });
  });

  test("mails are sent from the verified domain", () => {
    app.hasResourceProperties("AWS::SES::EmailIdentity", { EmailIdentity: "d.test" });
  });
});

import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { tableDefinition } from "../../domain/shared/table.ts";
import { templates } from "./templates.ts";

const { data } = templates();
const tableType = "AWS::DynamoDB::GlobalTable";

/** What DynamoDB allows beside an index's keys. */
const projectedMax = 20;

describe("the table", () => {
  test("survives mistakes: it can be restored, not deleted, and stays when its stack goes", () => {
    data.hasResource(tableType, {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
  });

  test("is paid by request, streams both images and forgets what is past its time", () => {
    data.hasResourceProperties(tableType, {
      BillingMode: "PAY_PER_REQUEST",
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    });
  });

  test.each(tableDefinition.indexes)("has index $name as the code expects it", (index) => {
    const includes = index.includes === "keys-only" ? undefined : [...index.includes];
    data.hasResourceProperties(tableType, {
      GlobalSecondaryIndexes: Match.arrayWith([
        {
          IndexName: index.name,
          KeySchema: [
            { AttributeName: index.partitionKey, KeyType: "HASH" },
            { AttributeName: index.sortKey, KeyType: "RANGE" },
          ],
          Projection: includes
            ? { ProjectionType: "INCLUDE", NonKeyAttributes: includes }
            : { ProjectionType: "KEYS_ONLY" },
        },
      ]),
    });
    expect(includes?.length ?? 0).toBeLessThanOrEqual(projectedMax);
  });
});

describe("mail", () => {
  test("is sent from the stage's domain, over TLS or not at all", () => {
    data.hasResourceProperties("AWS::SES::EmailIdentity", {
      EmailIdentity: "drawdown.test",
      ConfigurationSetAttributes: { ConfigurationSetName: Match.anyValue() },
    });
    data.hasResourceProperties("AWS::SES::ConfigurationSet", {
      Name: "drawdown-test-mail",
      DeliveryOptions: { TlsPolicy: "REQUIRE" },
    });
  });

  test("that comes back is told on the account's bus; no list of AWS's silences another agency", () => {
    data.hasResourceProperties("AWS::SES::ConfigurationSetEventDestination", {
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ["bounce", "complaint"],
        EventBridgeDestination: { EventBusArn: Match.anyValue() },
      },
    });
    const sets = Object.values(data.findResources("AWS::SES::ConfigurationSet"));
    expect(sets.map(({ Properties }) => Properties.SuppressionOptions)).toEqual([
      { SuppressedReasons: [] },
    ]);
  });
});

test("alarms reach the address that the operator named", () => {
  data.hasResourceProperties("AWS::SNS::Subscription", {
    Protocol: "email",
    Endpoint: "alarms@drawdown.test",
  });
});

import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { objectFolders } from "../../domain/documents/object-key.ts";
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

describe("the bucket of files", () => {
  const bucketType = "AWS::S3::Bucket";

  test("is nobody's but ours, encrypted, and stays when its stack goes", () => {
    data.hasResource(bucketType, {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: Match.objectLike({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: Match.anyValue(),
        VersioningConfiguration: { Status: "Enabled" },
      }),
    });
  });

  test("takes no request without TLS, nor by an old one, and gives nobody a right by itself", () => {
    const [policy] = Object.values(data.findResources("AWS::S3::BucketPolicy"));
    const statements: { Effect: string; Condition: object }[] =
      policy?.Properties.PolicyDocument.Statement;
    expect(statements.map(({ Effect: effect }) => effect)).toEqual(["Deny", "Deny"]);
    expect(statements.map(({ Condition: condition }) => condition)).toEqual([
      { Bool: { "aws:SecureTransport": "false" } },
      { NumericLessThan: { "s3:TlsVersion": 1.2 } },
    ]);
  });

  test("tells of what is put into it; without a function that may change any bucket", () => {
    data.hasResourceProperties(bucketType, {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    data.resourceCountIs("AWS::Lambda::Function", 0);
  });

  test("forgets what was deleted after a month, and zips after days", () => {
    data.hasResourceProperties(bucketType, {
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          }),
          Match.objectLike({ Prefix: `${objectFolders.zips}/`, ExpirationInDays: 2 }),
        ],
      },
    });
  });

  test("lets the pages of our own host upload, and no other's", () => {
    data.hasResourceProperties(bucketType, {
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({ AllowedMethods: ["PUT"], AllowedOrigins: ["https://drawdown.test"] }),
        ],
      },
    });
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

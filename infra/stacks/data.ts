import { RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { tableDefinition } from "../../domain/shared/table.ts";

/** What must survive everything: the table, and the secrets by name. */
export class DataStack extends Stack {
  readonly table: TableV2;
  readonly stripeSecret: Secret;
  readonly webhookSecret: Secret;

  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: string }) {
    super(scope, id, props);
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    this.table = new TableV2(this, "Table", {
      partitionKey: text(tableDefinition.partitionKey),
      sortKey: text(tableDefinition.sortKey),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: tableDefinition.ttlAttribute,
      globalSecondaryIndexes: tableDefinition.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        ...(index.includes !== "keys-only"
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.includes] }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      })),
    });
    const secret = (name: string, description: string) =>
      new Secret(this, name, {
        secretName: `drawdown/${props.stage}/${name}`,
        description,
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.stripeSecret = secret("stripe-key", "Stripe's secret key of the platform");
    this.webhookSecret = secret("stripe-webhook", "Signing secret of the Connect endpoint");
  }
}

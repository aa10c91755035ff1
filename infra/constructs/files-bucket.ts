import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  HttpMethods,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

interface FilesBucketProps {
  /** Whose pages may upload from a browser. */
  readonly origin: string;
}

/** A mistake can be made good for a month; then what was deleted is gone. */
const oldVersionsKept = Duration.days(30);

/** Documents of agencies, and zips that are soon forgotten. Nobody reaches it but by a signed link. */
export class FilesBucket extends Bucket {
  constructor(scope: Construct, id: string, { origin }: FilesBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      cors: [
        {
          allowedOrigins: [origin],
          allowedMethods: [HttpMethods.PUT],
          allowedHeaders: ["content-type", "if-none-match"],
        },
      ],
      lifecycleRules: [
        {
          id: "deleted",
          noncurrentVersionExpiration: oldVersionsKept,
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        {
          id: "zips",
          prefix: "zips/",
          expiration: Duration.days(2),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
    tellEventBridge(this);
    Validations.of(this).acknowledge({
      id: "AwsSolutions-S1",
      reason: "Every link is made by a function that logs the request for it.",
    });
  }
}

/** CDK's own switch for this brings a function along that may change any bucket. */
function tellEventBridge(bucket: Bucket): void {
  const plain = bucket.node.defaultChild as CfnBucket;
  plain.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}

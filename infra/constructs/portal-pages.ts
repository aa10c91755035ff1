import { RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  CachePolicy,
  type Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

interface PortalPagesProps {
  readonly distribution: Distribution;
  readonly headers: ResponseHeadersPolicy;
}

/** The page of every path below `/p`: which agency and which view, the app reads from the address. */
const everyPage = `function handler(event) {
  event.request.uri = "/p/index.html";
  return event.request;
}`;

/** The portal's files in a bucket that only the content network reads, and the paths they answer. */
export class PortalPages extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { distribution, headers }: PortalPagesProps) {
    super(scope, id);
    this.bucket = newBucket(this);
    const origin = S3BucketOrigin.withOriginAccessControl(this.bucket);
    const toPage = new EdgeFunction(this, "ToPage", {
      code: FunctionCode.fromInline(everyPage),
      runtime: FunctionRuntime.JS_2_0,
    });
    const files = {
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: headers,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    };
    const page = {
      ...files,
      functionAssociations: [{ function: toPage, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
    distribution.addBehavior("/p/assets/*", origin, files);
    distribution.addBehavior("/p/*", origin, page);
    distribution.addBehavior("/p", origin, page);
  }
}

function newBucket(scope: Construct): IBucket {
  const bucket = new Bucket(scope, "Files", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // It holds nothing that a build does not make again; emptying it would need a function.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason: "Only the content network reads it, files that are the same for everybody.",
  });
  // CDK's class and its interface differ where a property may be missing.
  return bucket as IBucket;
}

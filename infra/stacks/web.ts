import { CfnOutput, Duration, Fn, Stack, type StackProps, Validations } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Construct } from "constructs";
import { contentSecurityPolicy, referrerPolicy } from "../../portal/headers.ts";
import { PortalPages } from "../constructs/portal-pages.ts";
import { prefixOf } from "../settings.ts";
import type { DataStack } from "./data.ts";

interface WebStackProps extends StackProps {
  readonly data: DataStack;
  readonly api: HttpApi;
  /** Of the API's stack. */
  readonly edgeMark: string;
}

/** Once a browser knows the host, two years may pass before it tries it without TLS again. */
const transportMaxAge = Duration.days(730);

/** One host for all: `/p` are the portal's pages, everything else is the API's, its 404s too. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { data, api, edgeMark } = props;
    const { certificate, domain } = data.settings;
    const distribution = new Distribution(this, "Host", {
      comment: this.stackName,
      defaultBehavior: {
        ...apiBehavior(api, edgeMark),
        responseHeadersPolicy: this.answerHeaders(prefixOf(data.settings)),
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(certificate
        ? {
            domainNames: [domain],
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(this, "Certificate", certificate),
          }
        : {}),
    });
    const headers = this.pageHeaders(prefixOf(data.settings));
    const { bucket } = new PortalPages(this, "Portal", { distribution, headers });
    new CfnOutput(this, "PortalBucket", { value: bucket.bucketName });
    this.acknowledge(distribution);
    const { distributionDomainName: target } = distribution;
    if (certificate) new CfnOutput(this, "HostRecord", { value: `${domain} CNAME ${target}` });
    else new CfnOutput(this, "Url", { value: `https://${target}` });
  }

  /** The functions say so themselves; what the gateway answers in their place (a throttle, a failure) doesn't. */
  private answerHeaders(prefix: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, "AnswerHeaders", {
      responseHeadersPolicyName: `${prefix}-answers`,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: "frame-ancestors 'none'",
          override: false,
        },
        contentTypeOptions: { override: false },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: false },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
        strictTransportSecurity: { accessControlMaxAge: transportMaxAge, override: false },
      },
      customHeadersBehavior: {
        customHeaders: [{ header: "cache-control", value: "no-store", override: false }],
      },
    });
  }

  private pageHeaders(prefix: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, "PageHeaders", {
      responseHeadersPolicyName: `${prefix}-pages`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: referrerPolicy as HeadersReferrerPolicy, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: transportMaxAge,
          includeSubdomains: false,
          override: true,
        },
      },
    });
  }

  private acknowledge(distribution: Distribution): void {
    for (const [id, reason] of [
      ["AwsSolutions-CFR1", "An agency's customers live anywhere."],
      ["AwsSolutions-CFR2", "Requests are limited per agency and per address by the functions."],
      ["AwsSolutions-CFR3", "The API logs its requests; the pages are the same files for all."],
      [
        "AwsSolutions-CFR4",
        "Without a certificate, so without a host of its own, it is for a try.",
      ],
    ] as const) {
      Validations.of(distribution).acknowledge({ id, reason });
    }
  }
}

/** Nothing is kept, and all that the caller sent arrives; the Host header must be the API's own. */
function apiBehavior(api: HttpApi, edgeMark: string): BehaviorOptions {
  const origin = new HttpOrigin(Fn.parseDomainName(api.apiEndpoint), {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    // Whatever the caller sent under this name, this takes its place.
    customHeaders: { "x-drawdown-edge": edgeMark },
  });
  return {
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    // A key that was sent without TLS is known to others: a redirect would hide that.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  };
}

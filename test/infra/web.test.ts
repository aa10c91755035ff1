import { runInNewContext } from "node:vm";
import { Match, type Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { routes } from "../../functions/routes.ts";
import { assetCaching, contentSecurityPolicy, pageCaching } from "../../portal/headers.ts";
import { publishing } from "../../scripts/publish-portal.ts";
import { type Resource, templates } from "./templates.ts";

const { api, web } = templates();

const distributionOf = (template: Template): Resource["Properties"] =>
  (Object.values(template.findResources("AWS::CloudFront::Distribution"))[0] as Resource).Properties
    .DistributionConfig;

const distribution = distributionOf(web);

/** The headers that the content network adds there. */
function policyOf({ ResponseHeadersPolicyId: id }: { ResponseHeadersPolicyId: { Ref: string } }) {
  const found = web.findResources("AWS::CloudFront::ResponseHeadersPolicy")[id.Ref] as Resource;
  return found.Properties.ResponseHeadersPolicyConfig;
}

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly FunctionAssociations?: readonly unknown[];
}

/** As the content network reads patterns: in order, a star is any characters, slashes too. */
function behaviorOf(path: string): Behavior {
  const listed: readonly Behavior[] = distribution.CacheBehaviors;
  const matching = listed.find(({ PathPattern = "" }) => {
    return new RegExp(`^${PathPattern.replaceAll("*", ".*")}$`).test(path);
  });
  return matching ?? distribution.DefaultCacheBehavior;
}

function originOf(path: string): "api" | "files" {
  const { TargetOriginId: wanted } = behaviorOf(path);
  const origin = distribution.Origins.find(({ Id }: { Id: string }) => Id === wanted);
  return origin.S3OriginConfig ? "files" : "api";
}

/** What the file network is asked for, after the function of the behavior, if it has one. */
function fileBehind(path: string): string {
  if (!behaviorOf(path).FunctionAssociations) return path;
  const [made] = Object.values(web.findResources("AWS::CloudFront::Function")) as Resource[];
  const code = `${made?.Properties.FunctionCode}; handler({ request: { uri: ${JSON.stringify(path)} } }).uri`;
  return runInNewContext(code);
}

describe("one host", () => {
  test.each(routes.map(({ path }) => path))("%s is the API's", (path) => {
    expect(originOf(path.replaceAll(/\{\w+\}/g, "id"))).toBe("api");
  });

  test.each(["/", "/p.html", "/portals", "/v1/nothing", "/portal/me/p/x", "/pay"])(
    "%s, which nobody serves, gets the API's own 404",
    (path) => expect(originOf(path)).toBe("api"),
  );

  test.each(["/p", "/p/northwind", "/p/northwind/invoices/inv_1", "/p/a.b/login", "/p/index.html"])(
    "%s is the portal's page",
    (path) => {
      expect([originOf(path), fileBehind(path)]).toEqual(["files", "/p/index.html"]);
    },
  );

  test("an asset is itself, and a missing one is no page", () => {
    expect(originOf("/p/assets/index-1.js")).toBe("files");
    expect(fileBehind("/p/assets/index-1.js")).toBe("/p/assets/index-1.js");
  });

  test("turns no error into a page", () => {
    expect(distribution.CustomErrorResponses).toBeUndefined();
  });
});

describe("a request to the API", () => {
  const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
  const allViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

  test("arrives whole, whatever its method, and its answer is kept nowhere", () => {
    expect(distribution.DefaultCacheBehavior).toMatchObject({
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHost,
      AllowedMethods: expect.arrayContaining(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    });
  });

  test("brings the mark that the API's functions, and nobody outside, know", () => {
    const custom = distribution.Origins.find(
      ({ CustomOriginConfig }: { CustomOriginConfig?: unknown }) => CustomOriginConfig,
    );
    const [{ HeaderName: name, HeaderValue: sent }, ...others] = custom.OriginCustomHeaders;
    expect([name, others]).toEqual(["x-drawdown-edge", []]);
    const exported = Object.values(api.findOutputs("*")).find(({ Export }) =>
      JSON.stringify(sent).includes(`"Fn::ImportValue":"${Export.Name}"`),
    );
    expect(exported?.Value).toEqual({ Ref: "AWS::StackId" });
    const functions = Object.values(api.findResources("AWS::Lambda::Function")) as Resource[];
    expect(functions.length).toBeGreaterThan(8);
    for (const { Properties } of functions) {
      const { EDGE_MARK: known } = Properties.Environment.Variables;
      expect(JSON.stringify(known)).toBe(
        JSON.stringify(sent).replace(/\{"Fn::ImportValue":"[^"]+"\}/, '{"Ref":"AWS::StackId"}'),
      );
    }
  });

  test("that the gateway answers in a function's place is protected like the functions' answers", () => {
    const { Name: name, ...config } = policyOf(distribution.DefaultCacheBehavior);
    expect(name).toBe("drawdown-test-answers");
    // What a function says stands.
    expect(JSON.stringify(config)).not.toContain('"Override":true');
    expect(config).toMatchObject({
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "frame-ancestors 'none'" },
        ContentTypeOptions: { Override: false },
        FrameOptions: { FrameOption: "DENY" },
        ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
      },
      CustomHeadersConfig: { Items: [{ Header: "cache-control", Value: "no-store" }] },
    });
  });

  test("is encrypted all the way, or refused", () => {
    expect(distribution.DefaultCacheBehavior.ViewerProtocolPolicy).toBe("https-only");
    const custom = distribution.Origins.find(
      ({ CustomOriginConfig }: { CustomOriginConfig?: unknown }) => CustomOriginConfig,
    );
    expect(custom.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: "https-only",
      OriginSSLProtocols: ["TLSv1.2"],
    });
  });
});

describe("the portal's files", () => {
  test("lie in a bucket that only this network reads, and only over TLS", () => {
    web.hasResourceProperties("AWS::S3::Bucket", {
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
        ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    });
    const [policy] = Object.values(web.findResources("AWS::S3::BucketPolicy")) as Resource[];
    const statements = policy?.Properties.PolicyDocument.Statement;
    expect(statements).toMatchObject([
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: { StringEquals: { "AWS:SourceArn": expect.anything() } },
      },
    ]);
    web.hasResourceProperties("AWS::CloudFront::OriginAccessControl", {
      OriginAccessControlConfig: { SigningBehavior: "always", SigningProtocol: "sigv4" },
    });
  });

  test("say what a page may load, and that browsers come back over TLS only", () => {
    web.hasResourceProperties("AWS::CloudFront::ResponseHeadersPolicy", {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: contentSecurityPolicy, Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: "DENY" },
          ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
          StrictTransportSecurity: { AccessControlMaxAgeSec: Match.anyValue() },
        },
      },
    });
    for (const behavior of distribution.CacheBehaviors) {
      expect(policyOf(behavior).Name).toBe("drawdown-test-pages");
      expect(behavior.ViewerProtocolPolicy).toBe("redirect-to-https");
    }
  });
});

describe("publishing", () => {
  const [assets, page, ...others] = publishing("drawdown-pages");

  test("puts the files that the page names before the page, and nothing else", () => {
    expect(others).toEqual([]);
    expect(assets?.slice(0, 4)).toEqual([
      ...["s3", "sync", ".build/portal/assets", "s3://drawdown-pages/p/assets"],
    ]);
    expect(page?.slice(0, 4)).toEqual([
      ...["s3", "cp", ".build/portal/index.html", "s3://drawdown-pages/p/index.html"],
    ]);
  });

  test("keeps the files of earlier versions for pages that are open", () => {
    expect(assets).not.toContain("--delete");
  });

  test("lets be kept for a year what changes its name, and the page not at all", () => {
    expect(assets?.at(-1)).toBe(assetCaching);
    expect(page?.at(-1)).toBe(pageCaching);
    expect(pageCaching).toBe("no-cache");
  });
});

describe("the host's name", () => {
  test("is the operator's, with TLS 1.2 at least", () => {
    expect(distribution).toMatchObject({
      Aliases: ["drawdown.test"],
      ViewerCertificate: {
        AcmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/one",
        MinimumProtocolVersion: "TLSv1.2_2021",
        SslSupportMethod: "sni-only",
      },
    });
  });

  test("is the network's own without a certificate", () => {
    const { web: without } = templates({ certificate: undefined });
    expect(distributionOf(without).Aliases).toBeUndefined();
    expect(Object.keys(without.findOutputs("*"))).toContain("Url");
  });
});

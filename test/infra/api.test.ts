import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { routes } from "../../functions/routes.ts";
import { type Resource, resourcesOf, templates } from "./templates.ts";

const all = templates();
const { api } = all;
const routeType = "AWS::ApiGatewayV2::Route";

const resource = (id: string): Resource => api.toJSON().Resources[id] as Resource;

/** The function that a route ends in: route -> integration -> function. */
function functionBehind(routeKey: string): Resource {
  const [route] = Object.values(
    api.findResources(routeType, { Properties: { RouteKey: routeKey } }),
  );
  const target = JSON.stringify(route?.Properties.Target);
  const integration = resource(/"Ref":"(\w+)"/.exec(target)?.[1] ?? "");
  const uri = JSON.stringify(integration.Properties.IntegrationUri);
  return resource(/"Fn::GetAtt":\["(\w+)","Arn"\]/.exec(uri)?.[1] ?? "");
}

const roleOf = (made: Resource): string => {
  const id: string = made.Properties.Role["Fn::GetAtt"][0];
  return resource(id).Properties.RoleName;
};

describe("the API", () => {
  test.each(routes.map(({ method, path, area }) => [`${method} ${path}`, area]))(
    "%s ends in the function of %s",
    (routeKey, area) => {
      expect(roleOf(functionBehind(routeKey))).toBe(`drawdown-test-${area}`);
    },
  );

  test("has no route beside those of the table, but one that answers what no route takes", () => {
    api.resourceCountIs(routeType, routes.length + 1);
    expect(roleOf(functionBehind("$default"))).toBe("drawdown-test-agencies");
  });

  test("may call each function by one permission, however many routes it has", () => {
    const areas = new Set(["agencies", ...routes.map(({ area }) => area)]);
    api.resourceCountIs("AWS::Lambda::Function", areas.size);
    api.resourceCountIs("AWS::Lambda::Permission", areas.size);
  });

  test("logs who asked for what, and neither query nor header nor body", () => {
    api.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      StageName: "$default",
      AutoDeploy: true,
      AccessLogSettings: { DestinationArn: Match.anyValue(), Format: Match.anyValue() },
      DefaultRouteSettings: {
        ThrottlingRateLimit: Match.anyValue(),
        ThrottlingBurstLimit: Match.anyValue(),
      },
    });
    const [stage] = resourcesOf(all, "AWS::ApiGatewayV2::Stage");
    expect(stage?.Properties.AccessLogSettings.Format).not.toMatch(/query|header|body|identity/i);
  });
});

describe("every function", () => {
  const functions = resourcesOf(all, "AWS::Lambda::Function");

  test("is one Node 24 bundle on ARM, without layers", () => {
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
      });
      expect(Properties.Layers).toBeUndefined();
    }
  });

  test("logs JSON to a group of its own that forgets", () => {
    const groups = functions.map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
    expect(new Set(groups).size).toBe(functions.length);
    for (const { Properties } of functions) expect(Properties.LoggingConfig.LogFormat).toBe("JSON");
    for (const { Properties } of resourcesOf(all, "AWS::Logs::LogGroup")) {
      expect(Properties.RetentionInDays).toBeGreaterThan(0);
    }
  });

  test("of the API gives up before a caller would", () => {
    for (const { Properties } of Object.values(api.findResources("AWS::Lambda::Function"))) {
      expect(Properties.Timeout).toBeLessThan(10);
    }
  });
});

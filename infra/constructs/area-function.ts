import { fileURLToPath } from "node:url";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Architecture, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** ESM in a bundle still has dependencies that call require. */
const banner = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";

interface AreaFunctionProps {
  readonly environment: Record<string, string>;
  readonly timeoutS?: number;
}

/** One Lambda of functions/lambda: everything in one minified file, no layers. */
export class AreaFunction extends NodejsFunction {
  constructor(scope: Construct, name: string, props: AreaFunctionProps) {
    const logGroup = new LogGroup(scope, `${name}-logs`, {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, name, {
      entry: `${root}functions/lambda/${name}.ts`,
      handler: "handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1_024,
      timeout: Duration.seconds(props.timeoutS ?? 10),
      tracing: Tracing.ACTIVE,
      logGroup,
      environment: props.environment,
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      bundling: {
        format: OutputFormat.ESM,
        minify: true,
        target: "node24",
        mainFields: ["module", "main"],
        banner,
        // The SDK goes along: what was tested is what runs.
        externalModules: [],
      },
    });
  }
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { drawdown, type Stacks } from "../../infra/drawdown.ts";
import type { Settings } from "../../infra/settings.ts";

export const settings: Settings = {
  stage: "test",
  domain: "drawdown.test",
  certificate: "arn:aws:acm:us-east-1:111122223333:certificate/one",
  alarmMail: "alarms@drawdown.test",
};

const scratch = mkdtempSync(join(tmpdir(), "drawdown-stacks-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

export const anApp = (): App => new App({ outdir: mkdtempSync(join(scratch, "out-")) });

/** The stacks without their code: bundles have tests of their own. */
export function stacksOf(app: App, over: Partial<Settings> = {}): Stacks {
  const code = mkdtempSync(join(scratch, "code-"));
  writeFileSync(join(code, "index.mjs"), "export const handler = () => undefined;\n");
  return drawdown(app, { ...settings, ...over }, () => code);
}

export interface Templates {
  readonly data: Template;
  readonly api: Template;
  readonly events: Template;
  readonly web: Template;
}

export function templates(over: Partial<Settings> = {}): Templates {
  const { data, api, events, web } = stacksOf(anApp(), over);
  return {
    data: Template.fromStack(data),
    api: Template.fromStack(api),
    events: Template.fromStack(events),
    web: Template.fromStack(web),
  };
}

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read properties of every kind of resource
  readonly Properties: any;
}

/** Every resource of these types, of every stack. */
export const resourcesOf = (all: Templates, ...types: readonly string[]): Resource[] =>
  Object.values(all)
    .flatMap((template: Template) => Object.values(template.toJSON().Resources as object))
    .filter((one: Resource) => types.includes(one.Type));

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What roles may do: the statements of their policies, not of queues' and topics' own. */
export function statementsOf(all: Templates): Statement[] {
  const policies = resourcesOf(all, "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy");
  const inline = resourcesOf(all, "AWS::IAM::Role").flatMap(
    ({ Properties }) => Properties.Policies ?? [],
  );
  return [...policies.map(({ Properties }) => Properties), ...inline].flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement as Statement[],
  );
}

export const actionsOf = ({ Action }: Statement): string[] => [Action].flat();

import {
  actionsOf,
  type Resource,
  resourcesOf,
  type Statement,
  type Templates,
} from "./templates.ts";

/** What IAM knows of a call when it decides. Keys of lists hold one entry per item that is touched. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

type Values = Readonly<Record<string, unknown>>;

/** A reference to something of a stack, as text: the table is `table`, whichever stack names it. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const [[name, inner] = ["", ""]] = Object.entries(value as object);
  if (name === "Fn::Join") {
    const [separator, parts] = inner as [string, unknown[]];
    return parts.map(textOf).join(separator);
  }
  if (name === "Ref") return `<${inner}>`;
  const reference = [inner].flat().join(".");
  return /Table\w*\.?Arn/.test(reference) ? "table" : `<${reference}>`;
}

/** The statements of the role with this name. */
export function statementsOfRole(all: Templates, roleName: string): Statement[] {
  const roles = Object.values(all).flatMap((template) =>
    Object.entries(template.toJSON().Resources as Record<string, Resource>)
      .filter(([, { Properties }]) => Properties?.RoleName === roleName)
      .map(([id]) => id),
  );
  return resourcesOf(all, "AWS::IAM::Policy")
    .filter(({ Properties }) =>
      Properties.Roles.some(({ Ref }: { Ref: string }) => roles.includes(Ref)),
    )
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
}

/** Denied unless a statement allows it; a statement that denies has the last word. */
export function isAllowed(statements: readonly Statement[], asked: Asked): boolean {
  const fitting = statements.filter((one) => fits(one, asked));
  return fitting.length > 0 && fitting.every(({ Effect }) => Effect === "Allow");
}

function fits(statement: Statement, { action, resource, context = {} }: Asked): boolean {
  const resources = [statement.Resource ?? []].flat().map(textOf);
  return (
    actionsOf(statement).some((one) => isLike(action, one)) &&
    resources.some((one) => isLike(resource, one)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, { key, wanted, context })),
    )
  );
}

interface Condition {
  readonly key: string;
  readonly wanted: unknown;
  readonly context: Values;
}

function holds(operator: string, { key, wanted, context }: Condition): boolean {
  const given = [context[key] ?? []].flat().map(String);
  const patterns = [wanted].flat().map((one) => filled(textOf(one), context));
  if (operator === "Null") return patterns.includes(String(given.length === 0));
  const [quantifier, test = quantifier] = operator.split(":");
  const matches = matchers[test ?? ""];
  if (!matches) throw new Error(`the evaluator knows no ${operator}`);
  const fitsOne = (value: string) => patterns.some((pattern) => matches(value, pattern));
  if (quantifier === "ForAllValues") return given.every(fitsOne);
  return given.some(fitsOne);
}

const matchers: Readonly<Record<string, (value: string, pattern: string) => boolean>> = {
  StringEquals: (value, pattern) => value === pattern,
  ArnEquals: (value, pattern) => isLike(value, pattern),
  StringLike: (value, pattern) => isLike(value, pattern),
};

/** Policy variables; a variable that has no value matches nothing. */
const filled = (pattern: string, context: Values): string =>
  pattern.replace(/\$\{([^}]+)\}/g, (_, name: string) => String(context[name] ?? "\u0000"));

/** A star for any text, a question mark for one character. */
function isLike(text: string, pattern: string): boolean {
  const quoted = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${quoted.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type * as z from "zod";
import { type FieldProblem, refuse } from "../../domain/shared/refusals.ts";
import { invalid, Refused } from "./refused.ts";

const bodyBytesMax = 256 * 1_024;

export function rawBodyOf(event: APIGatewayProxyEventV2): string {
  if (!event.body) return "";
  return event.isBase64Encoded ? Buffer.from(event.body, "base64").toString("utf8") : event.body;
}

export function requireSmallBody(raw: string): void {
  if (Buffer.byteLength(raw) <= bodyBytesMax) return;
  throw new Refused(refuse("request.too-large", "A body may have 256 KB."), { status: 413 });
}

/** No body at all is an empty object: most commands have only optional fields. */
export function jsonBodyOf(event: APIGatewayProxyEventV2): unknown {
  const raw = rawBodyOf(event);
  requireSmallBody(raw);
  if (raw.trim() === "") return {};
  const type = event.headers["content-type"] ?? "application/json";
  if (!/^application\/(json|[\w.+-]+\+json)\s*(;|$)/i.test(type)) {
    throw new Refused(refuse("request.media-type", "Send the body as application/json."), {
      status: 415,
    });
  }
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    throw new Refused(refuse("request.invalid", "The body is not well-formed JSON."));
  }
}

export function parseWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value, { reportInput: false });
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap(problemsOf));
}

const unsaid = "Invalid input";

/** The branch that got furthest into the value is the one that the caller meant. */
function nearestBranch(issue: z.core.$ZodIssueInvalidUnion): FieldProblem[] {
  const branches = issue.errors
    .map((errors) => ({ errors, depth: Math.max(0, ...errors.map(depthOf)) }))
    .sort((a, b) => b.depth - a.depth || a.errors.length - b.errors.length);
  const [nearest] = branches;
  if (!nearest || (nearest.depth === 0 && issue.message !== unsaid)) return [];
  return nearest.errors.flatMap((inner) =>
    problemsOf({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue),
  );
}

const depthOf = ({ code, path }: z.core.$ZodIssue): number =>
  path.length + (code === "unrecognized_keys" ? 1 : 0);

/** Unknown fields are named one by one; a failed union reports its nearest branch. */
function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      detail: "is not a known field",
    }));
  }
  if (issue.code === "invalid_union") {
    const nearest = nearestBranch(issue);
    if (nearest.length > 0) return nearest;
  }
  return [{ pointer: pointerTo(issue.path), detail: plain(issue.message) }];
}

/** What a schema has no words of its own for, in the words of the others. */
const plain = (message: string): string =>
  message
    .replace(/^Invalid input: expected .*, received undefined$/, "is required")
    .replace(/^Invalid input: expected (\w+), received .*$/, "must be of type $1")
    .replace(
      /^Invalid option: expected one of (.*)$/,
      (_all, options: string) =>
        `must be one of ${options.replaceAll('"', "").replaceAll("|", ", ")}`,
    );

/** RFC 6901 in its URI fragment form, as in RFC 9457's own examples. */
export function pointerTo(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1"));
  return ["#", ...parts].join("/");
}

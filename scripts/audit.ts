import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";

const timeoutMs = 30_000;
const serious = ["high", "critical"] as const;

export type Verdict =
  | { readonly kind: "unknown"; readonly why: string }
  | { readonly kind: "clean" }
  | { readonly kind: "vulnerable"; readonly packages: readonly string[] };

interface Report {
  readonly error?: { readonly summary?: string; readonly code?: string };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
}

/** What `npm audit --json` found. Anything but a report means that it could not be asked. */
export function verdictOf(output: string): Verdict {
  let report: Report;
  try {
    report = JSON.parse(output) as Report;
  } catch {
    return { kind: "unknown", why: "the registry gave no report" };
  }
  if (!report?.vulnerabilities) {
    return { kind: "unknown", why: report?.error?.summary || "the registry gave no report" };
  }
  const packages = Object.entries(report.vulnerabilities)
    .filter(([, { severity }]) => (serious as readonly string[]).includes(severity))
    .map(([name, { severity }]) => `${name} (${severity})`);
  return packages.length > 0 ? { kind: "vulnerable", packages } : { kind: "clean" };
}

/** Of what is deployed; tools of development never meet a stranger's input. */
const ask = (): Promise<string> =>
  new Promise((resolve) => {
    const given = ["audit", "--json", "--omit=dev"];
    execFile("npm", given, { timeout: timeoutMs }, (_error, stdout) => resolve(stdout));
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const verdict = verdictOf(await ask());
  if (verdict.kind === "unknown") console.warn(`dependencies not audited: ${verdict.why}`);
  if (verdict.kind === "vulnerable") {
    console.error(`dependencies with known weaknesses: ${verdict.packages.join(", ")}`);
    process.exitCode = 1;
  }
}

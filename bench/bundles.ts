import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

export interface Bundle {
  readonly name: string;
  readonly kib: number;
  readonly importMs: number;
}

const areas = ["agencies", "customers", "billing", "payments", "stripe-webhook", "publish"];
const rounds = 9;
const banner = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";

/** Each Lambda as it is deployed, beside a bundle with only the document client. */
export async function measureBundles(): Promise<Bundle[]> {
  // Inside the project, so that the one entry made here finds the SDK.
  const folder = mkdtempSync(join(process.cwd(), ".local-bundles-"));
  try {
    const bare = join(folder, "bare.ts");
    writeFileSync(bare, 'import "@aws-sdk/lib-dynamodb";\nexport const handler = 1;\n');
    const entries = [
      ["document client only", bare] as const,
      ...[...areas, "consumers"].map((area) => [area, `functions/lambda/${area}.ts`] as const),
    ];
    const rows: Bundle[] = [];
    for (const [name, entry] of entries) rows.push(await measure(folder, name, entry));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, name: string, entry: string): Promise<Bundle> {
  const outfile = join(folder, `${name.replaceAll(" ", "-")}.mjs`);
  await build({
    ...{ entryPoints: [entry], outfile, bundle: true, minify: true },
    ...{ platform: "node", target: "node24", format: "esm", mainFields: ["module", "main"] },
    banner: { js: banner },
    logLevel: "error",
  });
  const times = Array.from({ length: rounds }, () => importMs(outfile)).sort((a, b) => a - b);
  const kib = Math.round(statSync(outfile).size / 1_024);
  return { name, kib, importMs: Math.round(times[Math.floor(rounds / 2)] ?? 0) };
}

/** In a process of its own, with the environment that a function has. */
function importMs(file: string): number {
  const code = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t);`;
  const env = {
    ...process.env,
    ...{ AWS_REGION: "eu-central-1", TABLE: "t", PUBLIC_URL: "https://x", MAIL_FROM: "a@b" },
    ...{ BUS: "b", TENANT_ROLE: "arn:aws:iam::1:role/r", STAGE: "test" },
  };
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { env }));
}

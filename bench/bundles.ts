import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFile, bundleFunction, functionNames } from "../scripts/bundle.ts";

export interface Bundle {
  readonly name: string;
  readonly kib: number;
  readonly importMs: number;
}

const rounds = 9;

/** Each Lambda as it is deployed, beside a bundle with only the document client. */
export async function measureBundles(): Promise<Bundle[]> {
  // Inside the project, so that the one entry made here finds the SDK.
  const folder = mkdtempSync(join(process.cwd(), ".local-bundles-"));
  try {
    const entry = join(folder, "bare.ts");
    writeFileSync(entry, 'import "@aws-sdk/lib-dynamodb";\nexport const handler = 1;\n');
    const bare = join(folder, "bare.mjs");
    const { bytes } = await bundleFile(entry, bare);
    const rows = [row("document client only", bytes, bare)];
    for (const name of functionNames) {
      const made = await bundleFunction(name, folder);
      rows.push(row(name, made.bytes, join(made.directory, "index.mjs")));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(name: string, bytes: number, file: string): Bundle {
  const times = Array.from({ length: rounds }, () => importMs(file)).sort((a, b) => a - b);
  const importedMs = Math.round(times[Math.floor(rounds / 2)] ?? 0);
  return { name, kib: Math.round(bytes / 1_024), importMs: importedMs };
}

const environment = {
  ...{ AWS_REGION: "eu-central-1", STAGE: "test", TABLE_NAME: "table" },
  ...{ PUBLIC_URL: "https://app.example.com", MAIL_FROM: "billing@example.com" },
  ...{ FILES_BUCKET: "drawdown-files", DUE_QUEUE_URL: "https://queue.example.com/due" },
  ...{ EVENT_BUS_NAME: "bus", MAIL_CONFIGURATION_SET: "mail" },
  ...{ TENANT_ROLE_ARN: "arn:aws:iam::111122223333:role/tenant" },
  ...{ STRIPE_SECRET_NAME: "stripe-key", STRIPE_WEBHOOK_SECRET_NAME: "stripe-webhook" },
};

/** In a process of its own, with the environment that a function has. */
function importMs(file: string): number {
  const code = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t);`;
  const env = { ...process.env, ...environment };
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { env }));
}

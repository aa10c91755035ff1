import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { assetCaching, pageCaching } from "../portal/headers.ts";
import { buildPortal } from "./build-portal.ts";

/**
 * What the AWS CLI is asked for, in order: the page last, as it names the others. Files of earlier
 * versions stay, for pages that are open.
 */
export const publishing = (bucket: string): readonly (readonly string[])[] => [
  [
    "s3",
    "sync",
    ".build/portal/assets",
    `s3://${bucket}/p/assets`,
    "--cache-control",
    assetCaching,
  ],
  [
    ...["s3", "cp", ".build/portal/index.html", `s3://${bucket}/p/index.html`],
    ...["--cache-control", pageCaching],
  ],
];

/** npm run publish-portal -- --bucket <PortalBucket of the web stack> */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { bucket: { type: "string" } } });
  if (!values.bucket) throw new Error("--bucket names the web stack's PortalBucket");
  await buildPortal();
  for (const command of publishing(values.bucket)) {
    const { status, error } = spawnSync("aws", command, { stdio: "inherit" });
    if (status !== 0) throw error ?? new Error(`aws ${command.join(" ")} failed`);
  }
}

if (import.meta.main) await main();

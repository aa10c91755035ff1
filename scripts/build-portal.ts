import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
export const portalFolder = join(root, ".build/portal");
const stampFile = join(portalFolder, "stamp.txt");

/** What the build depends on: its own files, and the versions of what it takes in. */
function stamp(): string {
  const sum = createHash("sha256");
  const files = globSync(["portal/**/*.{ts,tsx,css,html}", "package-lock.json"], { cwd: root });
  for (const file of files.sort()) sum.update(file).update(readFileSync(join(root, file)));
  return sum.digest("hex");
}

/** Builds the portal's pages, unless they were built from just these sources. In a process of its own, which gives its memory back. */
export async function buildPortal(): Promise<void> {
  const wanted = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  const vite = createRequire(import.meta.url).resolve("vite/package.json");
  const command = [
    join(dirname(vite), "bin/vite.js"),
    "build",
    "--config",
    "portal/vite.config.ts",
  ];
  const child = spawn(process.execPath, [...command, "--logLevel", "warn"], {
    cwd: root,
    // Whoever builds, tests too, gets what is deployed.
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error("The portal's pages can't be built; the lines above say why.");
  writeFileSync(stampFile, wanted);
}

if (import.meta.main) await buildPortal();

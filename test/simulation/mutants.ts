import { spawn, spawnSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    /** How long the simulator may look for one of them. */
    minutes: { type: "string", default: "10" },
    only: { type: "string" },
    parallel: { type: "string", default: "2" },
  },
});

const root = join(import.meta.dirname, "../..");
const kept = [
  "domain",
  "events",
  "functions",
  "infra",
  "local",
  "test",
  "package.json",
  "tsconfig.json",
];

interface Verdict {
  readonly name: string;
  readonly isFound: boolean;
  readonly seconds: number;
  readonly how: string;
}

/** A copy of the tree with one patch; the simulator must break on it. */
async function judge(patch: string): Promise<Verdict> {
  const name = basename(patch, ".patch");
  const copy = mkdtempSync(join(tmpdir(), "mutant-"));
  try {
    for (const one of kept) cpSync(join(root, one), join(copy, one), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const applied = spawnSync("git", ["apply", "-C1", patch], { cwd: copy, encoding: "utf8" });
    if (applied.status !== 0) {
      return { name, isFound: false, seconds: 0, how: `does not apply: ${applied.stderr}` };
    }
    const startedMs = performance.now();
    const output = await simulated(copy, readFileSync(patch, "utf8"));
    const [, how = ""] = output.split("Broken:\n");
    const seconds = Math.round((performance.now() - startedMs) / 1_000);
    const last = output.trim().split("\n").at(-1);
    return { name, isFound: how !== "", seconds, how: how.split("\n")[0] || `${last}` };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * A patch begins with what its bug shows itself in: "Needs: faults" or "Needs: mails", and with "Often:" the
 * operations that meet it where they are rare.
 */
function shapeFor(patch: string): string[] {
  const often = /^Often: (.+)$/m.exec(patch)?.[1];
  return [...faultsFor(patch), ...(often ? ["--often", often] : [])];
}

function faultsFor(patch: string): string[] {
  const [first = ""] = patch.split("\n");
  if (first.includes("faults")) return ["--focused", "24"];
  if (first.includes("mails")) return ["--smooth", "12"];
  // Most are found without any fault, and that is quicker.
  return ["--smooth", "12", "--focused", "24"];
}

function simulated(cwd: string, patch: string): Promise<string> {
  const script = join("test", "simulation", "simulate.ts");
  const limits = ["--seed", "mutant", "--minutes", values.minutes, "--shrink", "0"];
  const child = spawn(process.execPath, [script, ...limits, ...shapeFor(patch)], { cwd });
  let output = "";
  child.stdout.on("data", (data) => {
    output += String(data);
  });
  child.stderr.on("data", (data) => {
    output += String(data);
  });
  return new Promise((resolve) => child.once("close", () => resolve(output)));
}

const patches = globSync(join(import.meta.dirname, "mutants", "*.patch"))
  .filter((patch) => !values.only || values.only.split(",").includes(basename(patch, ".patch")))
  .sort();
const left = [...patches];
const verdicts: Verdict[] = [];
const work = async (): Promise<void> => {
  for (let patch = left.shift(); patch; patch = left.shift()) {
    const verdict = await judge(patch);
    verdicts.push(verdict);
    const { name, isFound, seconds, how } = verdict;
    console.log(`${isFound ? "found" : "MISSED"}  ${name}  ${seconds} s  ${how.slice(0, 120)}`);
  }
};
await Promise.all(Array.from({ length: Number(values.parallel) }, work));
const missed = verdicts.filter(({ isFound }) => !isFound);
console.log(`${verdicts.length - missed.length} of ${verdicts.length} planted bugs were found`);
process.exit(missed.length === 0 ? 0 : 1);

import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { measureBundles } from "./bundles.ts";
import { measureCpu } from "./cpu.ts";
import { measureNumbers } from "./numbers.ts";
import { measureThroughput } from "./throughput.ts";
import { measureUnits } from "./units.ts";

type Cell = string | number;

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const ms = (value: number): string => value.toFixed(2);

/** Measures everything, prints it and writes docs/bench.md. Nothing here fails a test: figures are told. */
async function main(): Promise<void> {
  const units = await measureUnits();
  const cpu = await measureCpu();
  const numbers = await measureNumbers();
  const bundles = await measureBundles();
  const rates = await measureThroughput();
  const [processor] = cpus();
  const machine = `${cpus().length} x ${processor?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  const text = [
    "# Figures",
    "",
    `Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. Figures of another machine differ; units don't.`,
    "",
    "## Storage per request",
    "",
    "Units as the database reports them (ReturnConsumedCapacity), with an idempotency key on every write, authentication included. Round trips are calls that had to wait for an earlier one; the first of each request reads the API key, the last of each write is the transaction.",
    "",
    table(
      ["operation", "read units", "write units", "calls", "round trips"],
      units.map((row) => [row.name, row.readUnits, row.writeUnits, row.calls, row.roundTrips]),
    ),
    "",
    "## Processor time of a handler, storage stubbed",
    "",
    table(
      ["operation", "p50 ms", "p99 ms"],
      cpu.map((row) => [row.name, ms(row.p50Ms), ms(row.p99Ms)]),
    ),
    "",
    "## Throughput against the local database on disk",
    "",
    "Sixteen requests at a time, everything on this one machine.",
    "",
    table(
      ["operation", "per second"],
      rates.map((row) => [row.name, row.perSecond]),
    ),
    "",
    "## Numbers",
    "",
    `100 parallel issuers in one series: ${numbers.errors} errors, ${numbers.gaps} gaps, ${numbers.seconds} s.`,
    "",
    "## Bundles",
    "",
    "Minified, with everything they need. Import is the median of nine fresh processes; the first row is a bundle with only the document client.",
    "",
    table(
      ["bundle", "KiB", "import ms"],
      bundles.map((row) => [row.name, row.kib, row.importMs]),
    ),
    "",
  ].join("\n");
  writeFileSync("docs/bench.md", text);
  console.log(text);
}

await main();
process.exit(0);

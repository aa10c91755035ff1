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

function machineText(): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${processor?.model ?? "unknown processor"}, ${memory} GB, Node ${process.version}`;
}

async function storageText(): Promise<string[]> {
  const units = await measureUnits();
  return [
    "## Storage per request",
    "",
    "Units as the database reports them (ReturnConsumedCapacity), with an idempotency key on every write, authentication included. Round trips are calls that had to wait for an earlier one: the first of each request reads the API key, the last of each write is the transaction.",
    "",
    table(
      ["operation", "read units", "write units", "calls", "round trips"],
      units.map((row) => [row.name, row.readUnits, row.writeUnits, row.calls, row.roundTrips]),
    ),
    "",
  ];
}

async function cpuText(): Promise<string[]> {
  const rows = (await measureCpu()).map((row) => [row.name, ms(row.p50Ms), ms(row.p99Ms)]);
  const head = ["operation", "p50 ms", "p99 ms"];
  return ["## Processor time of a handler, storage stubbed", "", table(head, rows), ""];
}

async function numbersText(): Promise<string[]> {
  const { errors, gaps, seconds } = await measureNumbers();
  const text = `100 parallel issuers in one series: ${errors} errors, ${gaps} gaps, ${seconds} s.`;
  return ["## Numbers", "", text, ""];
}

async function bundlesText(): Promise<string[]> {
  const rows = (await measureBundles()).map((row) => [row.name, row.kib, row.importMs]);
  return [
    "## Bundles",
    "",
    "Minified, with everything they need. Import is the median of nine fresh processes; the first row is a bundle with only the document client.",
    "",
    table(["bundle", "KiB", "import ms"], rows),
    "",
  ];
}

async function ratesText(): Promise<string[]> {
  const rows = (await measureThroughput()).map((row) => [row.name, row.perSecond]);
  return [
    "## Throughput against the local database on disk",
    "",
    "Sixteen requests at a time, everything on this one machine.",
    "",
    table(["operation", "per second"], rows),
    "",
  ];
}

/** Measures everything, prints it and writes docs/bench.md. Nothing here fails a test: figures are told. */
async function main(): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const text = [
    "# Figures",
    "",
    `Measured by \`npm run bench\` on ${day}: ${machineText()}. Figures of another machine differ; units don't.`,
    "",
    ...(await storageText()),
    ...(await cpuText()),
    ...(await numbersText()),
    ...(await bundlesText()),
    ...(await ratesText()),
  ].join("\n");
  writeFileSync("docs/bench.md", text);
  console.log(text);
}

await main();
process.exit(0);

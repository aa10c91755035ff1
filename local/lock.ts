import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartFailure } from "./failure.ts";

interface Holder {
  readonly pid: number;
  /** Pids are used again; pid and start together are not. */
  readonly startedAt: string;
}

const writeTries = 2;

/** One system per folder. A lock whose process is gone is nobody's. Answers how to let go of it. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "lock");
  const self: Holder = { pid: process.pid, startedAt: startOf(process.pid) };
  try {
    mkdirSync(folder, { recursive: true });
    for (let round = 0; round < writeTries; round += 1) {
      if (written(path, self)) return () => rmSync(path, { force: true });
      const holder = holderIn(path);
      if (holder && isAlive(holder)) {
        throw new StartFailure(
          `Another Drawdown (process ${holder.pid}) uses ${folder}; stop it or set DATA_DIR.`,
        );
      }
      rmSync(path, { force: true });
    }
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new StartFailure(`Can't write to the folder ${folder} (${code}); set DATA_DIR.`);
  }
  throw new StartFailure(`Another Drawdown is starting on ${folder}.`);
}

/** Whether a living process holds the folder. */
export function isLocked(folder: string): boolean {
  const holder = holderIn(join(folder, "lock"));
  return holder !== undefined && isAlive(holder);
}

const isAlive = ({ pid, startedAt }: Holder): boolean => startOf(pid) === startedAt;

function written(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function holderIn(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** When a process was started, in whatever words its machine has for it; "" when it is gone. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "";
  }
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "";
    return afterName.split(" ")[19] ?? "unknown";
  } catch {
    const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
    return stdout?.trim() || "unknown";
  }
}

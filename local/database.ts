import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { StartFailure } from "./failure.ts";
import { freePort, loopback, opened } from "./net.ts";

export interface DatabaseProcess {
  readonly endpoint: string;
  /** Resident memory is measured by process. */
  readonly pid: number;
  stop(): Promise<void>;
}

interface DatabaseOptions {
  /** Absent: in memory. */
  readonly file?: string;
  /** Told when the process ended on its own; by then it runs again. */
  readonly onRestart?: () => void;
}

const startMaxMs = 10_000;
const portTries = 3;
const binaryName = process.platform === "win32" ? "dynoxide.exe" : "dynoxide";

/** Runs the DynamoDB emulator as a child that can't outlive this process, not even after kill -9. */
export async function startDatabase(options: DatabaseOptions = {}): Promise<DatabaseProcess> {
  const binary = findBinary();
  let running = await spawnOnFreePort(binary, options.file);
  let isStopping = false;
  const { port } = running;
  const watch = (): void => {
    running.child.once("exit", () => {
      running.guard?.kill("SIGKILL");
      if (!isStopping) void restart();
    });
  };
  const restart = async (): Promise<void> => {
    const again = await spawnOn(binary, port, options.file);
    if (!again) throw new StartFailure("The database ended and can't be started again.");
    running = again;
    watch();
    options.onRestart?.();
  };
  watch();
  return {
    endpoint: `http://${loopback}:${port}`,
    get pid() {
      return running.child.pid ?? 0;
    },
    async stop() {
      isStopping = true;
      await ended(running.child);
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly guard: ChildProcess | undefined;
  readonly port: number;
}

async function spawnOnFreePort(binary: string, file: string | undefined): Promise<Running> {
  for (let round = 0; round < portTries; round += 1) {
    const running = await spawnOn(binary, await freePort(), file);
    if (running) return running;
  }
  const place = file ? ` Is ${file} a database of an older version? It may be deleted.` : "";
  throw new StartFailure(`The database ${binary} does not start.${place}`);
}

async function spawnOn(
  binary: string,
  port: number,
  file: string | undefined,
): Promise<Running | undefined> {
  const place = file ? ["--db-path", file] : [];
  const child = spawn(binary, ["serve", "--host", loopback, "--port", String(port), ...place], {
    stdio: "ignore",
    detached: true,
  });
  const startedMs = performance.now();
  let isGone = false;
  child.once("error", () => {
    isGone = true;
  });
  const guard = guardFor(child);
  const gaveUp = () =>
    isGone || child.exitCode !== null || performance.now() - startedMs > startMaxMs;
  if (await opened(port, gaveUp)) {
    child.unref();
    return { child, guard, port };
  }
  child.kill("SIGKILL");
  guard?.kill("SIGKILL");
  return undefined;
}

/** Waits on a pipe that closes when this process ends in whatever way, then ends the database. */
function guardFor(child: ChildProcess): ChildProcess | undefined {
  if (process.platform === "win32" || !child.pid) return undefined;
  const guard = spawn("sh", ["-c", 'read -r _; kill -9 "$0" 2>/dev/null', String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  guard.once("error", () => undefined);
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return guard;
}

const stopMaxMs = 2_000;

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill("SIGKILL"), stopMaxMs);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** The package of this platform, else a dynoxide on the PATH. */
export function findBinary(
  environment: NodeJS.ProcessEnv = process.env,
  platformPackage = `@dynoxide/${process.platform}-${process.arch}`,
): string {
  const found = [inPackage(platformPackage), ...onPath(environment.PATH ?? "")].find(
    (path) => path !== undefined && isExecutable(path),
  );
  if (found) return found;
  throw new StartFailure(
    `No database found: install it with "npm install --no-save ${platformPackage}" or put ` +
      "dynoxide (https://github.com/nubo-db/dynoxide) on the PATH, or set DYNAMODB_ENDPOINT.",
  );
}

function inPackage(platformPackage: string): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve(`${platformPackage}/package.json`)), binaryName);
  } catch {
    return undefined;
  }
}

const onPath = (path: string): string[] =>
  path.split(delimiter).flatMap((folder) => (folder ? [join(folder, binaryName)] : []));

function isExecutable(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

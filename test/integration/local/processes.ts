import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { startedAt } from "./support.ts";

export interface Started {
  readonly url: string;
  /** Ctrl-C's gentle sister; answers the exit code. */
  stop(): Promise<number>;
}

const environment = { ...process.env, PORT: "0", CLOCK: startedAt };

function run(more: NodeJS.ProcessEnv, preload: readonly string[] = []): ChildProcess {
  const child = spawn(process.execPath, [...preload, "local/start.ts"], {
    env: { ...environment, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** `npm start` as a process of its own, as soon as it says where it is. */
export async function aStarted(more: NodeJS.ProcessEnv): Promise<Started> {
  const child = run(more);
  child.stderr?.pipe(process.stderr);
  let said = "";
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const url = /ready at (\S+)/.exec(said)?.[1];
    if (!url) continue;
    const stop = async () => {
      child.kill("SIGTERM");
      return (await once(child, "exit"))[0] as number;
    };
    return { url, stop };
  }
  throw new Error(`the system ended: ${said}`);
}

/** A start that ends by itself: what it said and its exit code. */
export async function aFailedStart(more: NodeJS.ProcessEnv, preload: readonly string[] = []) {
  const child = run(more, preload);
  let told = "";
  child.stderr?.on("data", (chunk) => {
    told += String(chunk);
  });
  let said = "";
  child.stdout?.on("data", (chunk) => {
    said += String(chunk);
  });
  const [code] = await once(child, "close");
  return { code: code as number, told, said };
}

import { spawn } from "node:child_process";
import { once } from "node:events";

export interface DemoRun {
  readonly code: number;
  readonly said: string;
  readonly told: string;
}

/** `npm run demo` against a port: what it printed, and how it ended. */
export async function runDemo(port: string, ...options: readonly string[]): Promise<DemoRun> {
  const child = spawn(process.execPath, ["scripts/demo.ts", ...options], {
    env: { ...process.env, HOST: "127.0.0.1", PORT: port },
  });
  let [said, told] = ["", ""];
  child.stdout.on("data", (chunk) => {
    said += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    told += String(chunk);
  });
  const [code] = await once(child, "close");
  return { code, said, told };
}

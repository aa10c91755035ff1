import { appendFileSync } from "node:fs";
import type { Logger } from "../functions/kit/deps.ts";

/** Everything to a file, as JSON lines; what a person should know also to standard error, in one line. */
export function createLog(file: string, isQuiet: boolean): Logger {
  const write = (level: string, message: string, fields: Record<string, unknown> = {}): void => {
    const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...fields });
    appendFileSync(file, `${line}\n`);
    if (level === "info" || isQuiet) return;
    const { stack: _stack, ...short } = fields;
    console.error(`${level}: ${message} ${JSON.stringify(short)}`);
  };
  return {
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
  };
}

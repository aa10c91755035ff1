import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** One changed value; null where it was removed. */
export interface Row {
  account: string;
  kind: string;
  id: string;
  value: unknown;
}

export interface AppendLog {
  /** Every row that was acknowledged, oldest first. */
  read(): Row[][];
  append(rows: Row[]): void;
  /** Puts these rows in the place of all that was written so far. */
  rewrite(rows: Row[]): void;
  close(): void;
}

/**
 * One line per transaction, written before it is acknowledged: the operating system keeps a written
 * line when the process is killed, and a line torn by the kill was never acknowledged.
 */
export function openAppendLog(folder: string): AppendLog {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "stripe.jsonl");
  let file = openSync(path, "a+");
  return {
    read() {
      const whole = existsSync(path) ? readFileSync(path, "utf8") : "";
      const acknowledged = whole.slice(0, whole.lastIndexOf("\n") + 1);
      if (acknowledged.length < whole.length) ftruncateSync(file, Buffer.byteLength(acknowledged));
      const lines = acknowledged.split("\n").filter((line) => line !== "");
      return lines.map((line): Row[] => JSON.parse(line));
    },
    append: (rows) => void writeSync(file, `${JSON.stringify(rows)}\n`),
    rewrite(rows) {
      const fresh = `${path}.new`;
      const next = openSync(fresh, "w");
      if (rows.length > 0)
        writeSync(next, `${rows.map((row) => JSON.stringify([row])).join("\n")}\n`);
      renameSync(fresh, path);
      closeSync(next);
      closeSync(file);
      file = openSync(path, "a+");
    },
    close: () => closeSync(file),
  };
}

import {
  appendFileSync,
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
} from "node:fs";

export interface AppendLog<Entry> {
  /** Every entry that was written whole, oldest first. */
  read(): Entry[];
  append(...entries: readonly Entry[]): void;
  /** Puts these entries in the place of all that was written so far. */
  rewrite(entries: readonly Entry[]): void;
  /** Lines since the last rewrite: what tells when the next is worth its cost. */
  readonly lines: number;
  close(): void;
}

/**
 * One JSON line per entry. A written line outlives the process (the operating system has it), and a
 * line torn by a kill was never acknowledged, so it is cut off.
 */
export function openAppendLog<Entry>(path: string): AppendLog<Entry> {
  let file = openSync(path, "a+");
  let lines = 0;
  return {
    read() {
      const text = existsSync(path) ? readFileSync(path, "utf8") : "";
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      if (whole.length < text.length) ftruncateSync(file, Buffer.byteLength(whole));
      const entries = whole.split("\n").filter((line) => line !== "");
      lines = entries.length;
      return entries.map((line): Entry => JSON.parse(line));
    },
    append(...entries) {
      if (entries.length === 0) return;
      appendFileSync(file, textOf(entries));
      lines += entries.length;
    },
    rewrite(entries) {
      const next = openSync(`${path}.new`, "w");
      if (entries.length > 0) appendFileSync(next, textOf(entries));
      renameSync(`${path}.new`, path);
      closeSync(next);
      closeSync(file);
      file = openSync(path, "a+");
      lines = entries.length;
    },
    get lines() {
      return lines;
    },
    close: () => closeSync(file),
  };
}

const textOf = (entries: readonly unknown[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeJson } from "../json-file.ts";

export interface StoredObject {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface Objects {
  read(key: string): StoredObject | undefined;
  write(key: string, object: StoredObject): void;
  remove(key: string): void;
  clear(): void;
}

/** Two files an object; its description is written last, so that a kill leaves no half of one. */
export function openObjects(folder: string): Objects {
  mkdirSync(folder, { recursive: true });
  const place = (key: string) => join(folder, encodeURIComponent(key));
  return {
    read(key) {
      const known = readJson<{ contentType: string }>(`${place(key)}.json`);
      return known && { ...known, bytes: readFileSync(place(key)) };
    },
    write(key, { contentType, bytes }) {
      writeFileSync(`${place(key)}.new`, bytes);
      renameSync(`${place(key)}.new`, place(key));
      writeJson(`${place(key)}.json`, { contentType });
    },
    remove(key) {
      rmSync(`${place(key)}.json`, { force: true });
      rmSync(place(key), { force: true });
    },
    clear() {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    },
  };
}

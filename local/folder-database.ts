import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startDatabase } from "./database.ts";
import { StartFailure } from "./failure.ts";
import { readJson, writeJson } from "./json-file.ts";
import { isLocked, lockFolder } from "./lock.ts";
import { identityIn } from "./parts.ts";

export interface FolderDatabase {
  readonly endpoint: string;
  readonly table: string;
  close(): Promise<void>;
}

const placeOf = (folder: string): string => join(folder, "database.json");

/** Says where the database of a running system listens, for the tools beside it. */
export function noteEndpoint(folder: string, endpoint: string): () => void {
  writeJson(placeOf(folder), { endpoint });
  return () => rmSync(placeOf(folder), { force: true });
}

/** The database of a data folder: that of the system that runs on it, else one of its own. */
export async function openFolderDatabase(
  folder: string,
  endpoint: string | undefined,
): Promise<FolderDatabase> {
  if (!existsSync(join(folder, "identity.json"))) {
    throw new StartFailure(`There are no data in ${folder}; npm start makes them.`);
  }
  const { table } = identityIn(folder);
  if (endpoint) return { endpoint, table, close: async () => undefined };
  if (isLocked(folder)) {
    const noted = readJson<{ readonly endpoint: string }>(placeOf(folder));
    if (!noted) throw new StartFailure(`Drawdown is starting on ${folder}; try again.`);
    return { endpoint: noted.endpoint, table, close: async () => undefined };
  }
  const unlock = lockFolder(folder);
  try {
    const database = await startDatabase({ file: join(folder, "drawdown.db") });
    const close = async (): Promise<void> => {
      await database.stop();
      unlock();
    };
    return { endpoint: database.endpoint, table, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

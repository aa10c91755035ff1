import type { AppendLog, Row } from "./append-log.ts";
import { StripeFailure } from "./failure.ts";
import type { Kind, Kinds } from "./kinds.ts";

/**
 * Everything the stand-in knows, per account and kind in order of creation. Values are never changed
 * in place. A transaction is synchronous, all or nothing, and written down before it is acknowledged.
 */
export interface Store {
  get<K extends Kind>(account: string, kind: K, id: string): Kinds[K] | undefined;
  list<K extends Kind>(account: string, kind: K): Map<string, Kinds[K]>;
  put<K extends Kind>(account: string, kind: K, at: { id: string; value: Kinds[K] }): void;
  remove(account: string, kind: Kind, id: string): void;
  accounts(): string[];
  transact<T>(work: () => T): T;
  clear(): void;
  close(): void;
}

type Table = Map<string, unknown>;

export function createStore(log: AppendLog | undefined): Store {
  const tables = new Map<string, Map<string, Table>>();
  let changes: Row[] | undefined;
  let undo: (() => void)[] = [];

  const tableOf = (account: string, kind: string): Table => {
    const kinds = tables.get(account) ?? new Map<string, Table>();
    tables.set(account, kinds);
    const table = kinds.get(kind) ?? new Map<string, unknown>();
    kinds.set(kind, table);
    return table;
  };
  const write = (row: Row): void => {
    if (changes === undefined) throw new TypeError("a write outside a transaction");
    const table = tableOf(row.account, row.kind);
    const before = table.get(row.id);
    undo.push(() => set(table, row.id, before));
    set(table, row.id, row.value ?? undefined);
    changes.push(row);
  };
  const replay = (): void => {
    for (const row of log?.read().flat() ?? []) {
      set(tableOf(row.account, row.kind), row.id, row.value ?? undefined);
    }
    log?.rewrite(rowsOf(tables));
  };
  const transact = <T>(work: () => T): T => {
    if (changes !== undefined) return work();
    changes = [];
    undo = [];
    try {
      const result = work();
      if (changes.length > 0) log?.append(lastOfEach(changes));
      return result;
    } catch (error) {
      const keeps = error instanceof StripeFailure && error.keepsChanges;
      if (keeps && changes.length > 0) log?.append(lastOfEach(changes));
      else for (const step of undo.reverse()) step();
      throw error;
    } finally {
      changes = undefined;
    }
  };

  replay();
  return {
    get: <K extends Kind>(account: string, kind: K, id: string) =>
      tables.get(account)?.get(kind)?.get(id) as Kinds[K] | undefined,
    list: <K extends Kind>(account: string, kind: K) =>
      (tables.get(account)?.get(kind) ?? new Map()) as Map<string, Kinds[K]>,
    put: (account, kind, { id, value }) => write({ account, kind, id, value }),
    remove: (account, kind, id) => write({ account, kind, id, value: null }),
    accounts: () => [...tables.keys()],
    transact,
    clear: () => {
      tables.clear();
      log?.rewrite([]);
    },
    close: () => log?.close(),
  };
}

function set(table: Table, id: string, value: unknown): void {
  if (value === undefined) table.delete(id);
  else table.set(id, value);
}

function lastOfEach(rows: Row[]): Row[] {
  return [...new Map(rows.map((row) => [`${row.account} ${row.kind} ${row.id}`, row])).values()];
}

function rowsOf(tables: Map<string, Map<string, Table>>): Row[] {
  const rows: Row[] = [];
  for (const [account, kinds] of tables) {
    for (const [kind, table] of kinds) {
      for (const [id, value] of table) rows.push({ account, kind, id, value });
    }
  }
  return rows;
}

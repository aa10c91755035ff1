import type { DueItem, DueKind, StoredDue } from "../../domain/shared/due.store.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import type { Desk } from "./operation.ts";

/** One due item whose time has come, as one try at it sees the world. */
export interface DueWork extends Desk {
  readonly due: StoredDue;
}

export interface DueOutcome {
  /** Written together with what becomes of the due item, or not at all. */
  readonly writes: readonly GuardedWrite[];
  /** When it is due again, and with what; null: it is done. */
  readonly next: Pick<DueItem, "dueAt" | "data"> | null;
}

/** What is done when the time comes. It may run several times for one effect, each time afresh. */
export interface DuePerformer {
  readonly kind: DueKind;
  /** The item's `what`, or how it begins: `reminder-` for reminder-1 and all others. */
  readonly what: string;
  readonly run: (work: DueWork) => Promise<DueOutcome>;
}

export const performer = (definition: DuePerformer): DuePerformer => definition;

/** Its reason is gone. */
export const nothingLeft: DueOutcome = { writes: [], next: null };

/** Not yet: a setting moved the instant since it was planned. */
export const notBefore = (dueAt: string): DueOutcome => ({ writes: [], next: { dueAt } });

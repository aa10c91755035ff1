import type { PostedRecord } from "./posted-record.ts";

/** A record of the journal with what its reader would otherwise have to look up. */
export interface LedgerEntry {
  readonly record: PostedRecord;
  /** The day of the agency on which it was booked. */
  readonly day: string;
  readonly customer: { readonly id: string; readonly name: string };
}

/** Writes one file, from its beginning on: a writer remembers what it has declared. */
export interface LedgerWriter {
  readonly head: () => string;
  readonly entry: (entry: LedgerEntry) => string;
}

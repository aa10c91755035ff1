import type { Envelope } from "../../events/envelope.ts";
import type { Deps } from "./deps.ts";

/**
 * A reaction to events. Deliveries come at least once and in any order: `run` keeps its inbox mark in
 * its own transaction, or its effect is naturally idempotent.
 */
export interface Consumer {
  readonly name: string;
  readonly on: readonly string[];
  readonly run: (deps: Deps, envelope: Envelope) => Promise<void>;
}

export const consumer = (definition: Consumer): Consumer => definition;

import type { When } from "./view.ts";

/** A paper's file is dated by the paper, not by the clock: rendered again, it is the same file. */
export function madeAtOf(when: When): Date {
  return new Date(when.includes("T") ? when : `${when}T00:00:00Z`);
}

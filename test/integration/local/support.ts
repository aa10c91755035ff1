import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { instantOfMs } from "../../../domain/shared/calendar.ts";
import type { Envelope } from "../../../events/envelope.ts";
import type { Logger } from "../../../functions/kit/deps.ts";
import type { Clock } from "../../../local/clock.ts";
import { openClock } from "../../../local/clock.ts";

export const startedAt = "2027-03-01T09:00:00.000Z";

/** A folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "drawdown-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A machine whose time stands still until the test moves it. */
export function aMachine(): { readonly machineMs: () => number; pass(ms: number): void } {
  let ms = 1_000_000;
  return {
    machineMs: () => ms,
    pass: (more) => {
      ms += more;
    },
  };
}

export const aClock = (folder: string): Clock =>
  openClock({ file: join(folder, "clock.json"), start: startedAt, ...aMachine() });

export interface TestLog extends Logger {
  readonly errors: string[];
}

export function aLog(): TestLog {
  const errors: string[] = [];
  const ignore = () => undefined;
  return { errors, info: ignore, warn: ignore, error: (message) => errors.push(message) };
}

export const anEnvelope = (n: number, type = "invoice.issued"): Envelope => ({
  id: `evt_${n}`,
  type,
  subject: "inv_1",
  actor: { system: "test" },
  at: instantOfMs(0),
  data: { n },
});

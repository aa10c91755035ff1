import { epochMsOf, instantOfMs } from "../domain/shared/calendar.ts";
import { readJson, writeJson } from "./json-file.ts";

export interface Clock {
  now(): string;
  nowMs(): number;
  /** Forward only: an instant that has passed changes nothing. */
  moveTo(instant: string): void;
  /** Stands still until released, so that a step happens at exactly its instant. */
  hold(): () => void;
  /** On empty data: begins earlier, so that what is seeded has a past. */
  startEarlier(ms: number): void;
  /** Back to where it started on empty data. */
  restart(): void;
}

interface ClockOptions {
  readonly file: string;
  /** `system`, or the instant at which a clock on empty data starts. */
  readonly start: string;
  /** The machine's own time; tests bring their own. */
  readonly machineMs?: () => number;
}

/**
 * The system's time: the machine's, moved by an offset that is kept. So a later start goes on from
 * where the clock was, plus the time that has passed since.
 */
export function openClock({ file, start, machineMs = Date.now }: ClockOptions): Clock {
  const firstOffsetMs = () => (start === "system" ? 0 : epochMsOf(start) - machineMs());
  let offsetMs = readJson<{ offsetMs: number }>(file)?.offsetMs ?? firstOffsetMs();
  let heldAtMs: number | undefined;
  const keep = (): void => writeJson(file, { offsetMs });
  const nowMs = (): number => heldAtMs ?? machineMs() + offsetMs;
  keep();
  return {
    nowMs,
    now: () => instantOfMs(nowMs()),
    moveTo(instant) {
      const targetMs = epochMsOf(instant);
      if (targetMs <= nowMs()) return;
      offsetMs = targetMs - machineMs();
      if (heldAtMs !== undefined) heldAtMs = targetMs;
      keep();
    },
    hold() {
      heldAtMs = nowMs();
      return () => {
        if (heldAtMs === undefined) return;
        offsetMs = heldAtMs - machineMs();
        heldAtMs = undefined;
        keep();
      };
    },
    startEarlier(ms) {
      offsetMs -= ms;
      if (heldAtMs !== undefined) heldAtMs -= ms;
      keep();
    },
    restart() {
      offsetMs = firstOffsetMs();
      if (heldAtMs !== undefined) heldAtMs = machineMs() + offsetMs;
      keep();
    },
  };
}

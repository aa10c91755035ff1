/** The one clock of a history: what waits moves it, nothing else does. */
export interface Clock {
  now(): string;
  nowMs(): number;
  advance(ms: number): void;
  /** Forward only. */
  advanceTo(instant: string): void;
}

export function clockAt(start: string): Clock {
  let nowMs = Date.parse(start);
  return {
    now: () => new Date(nowMs).toISOString(),
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    advanceTo: (instant) => {
      nowMs = Math.max(nowMs, Date.parse(instant));
    },
  };
}

/** The calendar day that people in the zone have. */
export const dayIn = (timeZone: string, instant: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(new Date(instant));

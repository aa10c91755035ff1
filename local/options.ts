import { parseInstant } from "../domain/shared/calendar.ts";
import { StartFailure } from "./failure.ts";

export interface SystemOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly folder: string;
  /** `system`, or the instant at which empty data begin. */
  readonly clock: string;
  /** A DynamoDB that runs elsewhere; absent: an emulator in the folder. */
  readonly endpoint: string | undefined;
  readonly isQuiet: boolean;
  /** Whether callers that ask too often get 429, as when deployed. Absent: they don't. */
  readonly isLimited?: boolean;
}

const portMax = 65_535;

export function optionsFrom(environment: NodeJS.ProcessEnv): SystemOptions {
  const { PORT, HOST, DATA_DIR, CLOCK, DYNAMODB_ENDPOINT, RATE_LIMITS } = environment;
  return {
    port: portFrom(PORT || "3000"),
    host: HOST || "127.0.0.1",
    folder: DATA_DIR || ".local",
    clock: clockFrom(CLOCK || "system"),
    endpoint: DYNAMODB_ENDPOINT ? endpointFrom(DYNAMODB_ENDPOINT) : undefined,
    isQuiet: false,
    isLimited: switchFrom("RATE_LIMITS", RATE_LIMITS || "on"),
  };
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= portMax) return port;
  throw new StartFailure(`PORT is ${text}; it must be a number from 0 to ${portMax}.`);
}

function switchFrom(name: string, text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw new StartFailure(`${name} is ${text}; it must be on or off.`);
}

function clockFrom(text: string): string {
  if (text === "system") return text;
  const instant = parseInstant(text);
  if (instant) return instant;
  throw new StartFailure(
    `CLOCK is ${text}; it must be "system" or an instant such as 2027-01-04T09:00:00Z.`,
  );
}

function endpointFrom(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new StartFailure(`DYNAMODB_ENDPOINT is ${text}; it must be an http or https address.`);
}

/** How others reach what listens on this host: "everywhere" is not an address to call. */
export function urlOf(host: string, port: number): string {
  const reached = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

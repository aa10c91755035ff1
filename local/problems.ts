import { randomUUID } from "node:crypto";
import { refuse } from "../domain/shared/refusals.ts";
import { problemOf } from "../functions/kit/problem.ts";
import { comeAgain, invalid, Refused } from "../functions/kit/refused.ts";
import { messageOf } from "./failure.ts";

/** What this machine answers itself has the shape of the API's refusals. */
export function problemAnswer(publicUrl: string, error: unknown): Response {
  const refused = error instanceof Refused ? error : broken(error);
  const { refusal, status, headers } = refused;
  const id = randomUUID();
  const problem = problemOf(refusal, { id, publicUrl, status });
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...headers, "content-type": "application/problem+json", "x-request-id": id },
  });
}

/** Nobody else can read it here, and whoever runs the system wants to know. */
const broken = (error: unknown): Refused =>
  new Refused(refuse("server.error", messageOf(error)), { status: 500 });

/** While data are emptied or made, whoever calls is told to come again. */
export const notReady = (): Refused => comeAgain("server.not-ready", "The data are being made.");

/** What fails in this work is the fault of the field. */
export function blaming<T>(pointer: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw badField(pointer, messageOf(error));
  }
}

export const badField = (pointer: string, detail: string): Refused =>
  invalid([{ pointer, detail }]);

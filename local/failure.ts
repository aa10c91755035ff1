/** Why the system can't start, in one line for the person who started it. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

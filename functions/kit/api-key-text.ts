import type { Deps } from "./deps.ts";

const keyBytes = 32;

/** What a caller sends. The prefix lets secret scanners recognise a leaked one. */
export const newKeyText = (deps: Pick<Deps, "random">): string =>
  `dd_${Buffer.from(deps.random(keyBytes)).toString("base64url")}`;

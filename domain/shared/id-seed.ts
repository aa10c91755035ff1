import { type Id, type Kind, newId } from "./ids.ts";

/** Time and randomness of one decision, drawn by the shell; the core derives all new ids from it. */
export interface IdSeed {
  readonly nowMs: number;
  /** 10 bytes. */
  readonly random: Uint8Array;
}

/** The n-th id of a decision: the seed's randomness plus n, so ids of one decision sort in order. */
export function idFromSeed<K extends Kind>(kind: K, seed: IdSeed, n: number): Id<K> {
  const random = Uint8Array.from(seed.random);
  // One spare bit at the top, so that the sum never carries out of its 80 bits.
  random[0] = (random[0] ?? 0) & 0x7f;
  let carry = n;
  for (let index = random.length - 1; index >= 0 && carry > 0; index -= 1) {
    const sum = (random[index] ?? 0) + carry;
    random[index] = sum & 0xff;
    carry = sum >>> 8;
  }
  return newId(kind, seed.nowMs, random);
}

/** Whole minor units of any size: the sum of a whole agency may be more than a double counts exactly. */
export type Sums<K> = Map<K, bigint>;

export function addTo<K>(sums: Sums<K>, key: K, amount: number | bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount));
}

export const sumOf = (amounts: Iterable<number | bigint>): bigint => {
  let sum = 0n;
  for (const amount of amounts) sum += BigInt(amount);
  return sum;
};

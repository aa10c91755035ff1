const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `pi_3Q…`: Stripe's prefixes and alphabet, 24 characters unless told. */
export function newStripeId(
  prefix: string,
  random: (bytes: number) => Uint8Array,
  length = 24,
): string {
  const picked = Array.from(random(length), (byte) => letters[byte % letters.length]);
  return `${prefix}_${picked.join("")}`;
}

export function seconds(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

export function laterBy(instant: string, delayS: number): string {
  return new Date(Date.parse(instant) + delayS * 1000).toISOString();
}

/** A number from 0 up to 1. */
export function fraction(random: (bytes: number) => Uint8Array): number {
  const [first = 0, second = 0, third = 0] = random(3);
  return (first * 65536 + second * 256 + third) / 16_777_216;
}

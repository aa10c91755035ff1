/** A double carries 15 decimal digits faithfully; what has more may not be what its sender wrote. */
const digitsMax = 15;

const plainDecimal = /^(-?)(\d+)(?:\.(\d+))?$/;

export type ParsedDecimal =
  | { readonly ok: true; readonly units: bigint }
  | { readonly ok: false; readonly detail: string };

/** Reads a JSON number from its shortest decimal text, so 49.9 is exactly 49.9. */
export function parseDecimal(value: number, maxDecimals: number): ParsedDecimal {
  if (!Number.isFinite(value)) return { ok: false, detail: "must be a finite number" };
  const match = plainDecimal.exec(String(value));
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  if (!match || `${whole}${fraction}`.replace(/^0+/, "").length > digitsMax) {
    return { ok: false, detail: `must be a plain decimal number of at most ${digitsMax} digits` };
  }
  if (fraction.length > maxDecimals) return { ok: false, detail: tooManyDecimals(maxDecimals) };
  const units = BigInt(`${whole}${fraction.padEnd(maxDecimals, "0")}`);
  return { ok: true, units: sign === "-" ? -units : units };
}

function tooManyDecimals(maxDecimals: number): string {
  if (maxDecimals === 0) return "must be a whole number";
  return `must have at most ${maxDecimals} decimal${maxDecimals === 1 ? "" : "s"}`;
}

/** The JSON number that reads as exactly these units; exact up to 15 digits. */
export function formatDecimal(units: bigint | number, decimals: number): number {
  return Number(formatDecimalText(units, decimals));
}

/** Always with all decimals: (5, 2) is "0.05". */
export function formatDecimalText(units: bigint | number, decimals: number): string {
  const exact = BigInt(units);
  const sign = exact < 0n ? "-" : "";
  const digits = String(exact < 0n ? -exact : exact).padStart(decimals + 1, "0");
  if (decimals === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** RFC 8785: one text for one value, whatever the order of its fields, so that it can be hashed. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("no JSON for undefined, a function or a symbol");
  return text;
}

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

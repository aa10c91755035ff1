import { createHmac, timingSafeEqual } from "node:crypto";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { invalid } from "./refused.ts";

const sealLength = 32;

/** What a cursor belongs to: it opens the same list of the same agency only. */
export interface CursorScope {
  readonly tenant: Pick<Tenant, "agency">;
  readonly list: string;
}

/**
 * A cursor is the last row's key, bound to its agency and list by a keyed hash, so that a forged or foreign
 * one is refused before it reaches the table.
 */
export function writeCursor(scope: CursorScope, key: readonly unknown[]): string {
  const text = JSON.stringify(key);
  return Buffer.from(`${seal(scope, text)}${text}`).toString("base64url");
}

export function readCursor(scope: CursorScope, cursor: string): readonly unknown[] {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const key = text.slice(sealLength);
  const expected = Buffer.from(seal(scope, key));
  const given = Buffer.from(text.slice(0, sealLength));
  const parsed = given.length === expected.length && timingSafeEqual(given, expected) && parse(key);
  if (!parsed) throw wrongCursor();
  return parsed;
}

export const wrongCursor = () =>
  invalid([{ pointer: "#/after", detail: "is not a cursor of this list" }]);

const seal = ({ tenant, list }: CursorScope, text: string): string =>
  createHmac("sha256", `${tenant.agency} ${list}`).update(text).digest("hex").slice(0, sealLength);

function parse(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

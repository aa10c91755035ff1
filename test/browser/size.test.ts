import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { portalFolder } from "../../scripts/build-portal.ts";

const firstLoadMaxKiB = 180;

/** A script and all that it can't start without. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(join(portalFolder, "assets", name), "utf8");
  for (const [, found = ""] of text.matchAll(/from\s*"\.\/([\w.-]+\.js)"/g))
    withImports(found, seen);
  return seen;
}

test("the first page comes with little script", () => {
  const page = readFileSync(join(portalFolder, "index.html"), "utf8");
  const entry = /src="\/p\/assets\/([\w.-]+\.js)"/.exec(page)?.[1] ?? "";
  const main = readFileSync(join(portalFolder, "assets", entry), "utf8");
  const home = /\.\/(home-[\w-]+\.js)/.exec(main)?.[1] ?? "";
  const bytes = [...withImports(home, withImports(entry))]
    .map((name) => gzipSync(readFileSync(join(portalFolder, "assets", name))).length)
    .reduce((sum, one) => sum + one, 0);
  expect(bytes / 1_024).toBeGreaterThan(10);
  expect(bytes / 1_024).toBeLessThanOrEqual(firstLoadMaxKiB);
});

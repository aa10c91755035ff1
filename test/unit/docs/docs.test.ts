import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const records = globSync("docs/adr/0*.md").sort();
const pages = [...globSync("*.md"), ...globSync("docs/**/*.md")].sort();

const read = (file: string): string => readFileSync(file, "utf8");

/** The page without its listings, whose brackets are none of its links. */
const proseOf = (page: string): string => page.replaceAll(/```.*?```|`[^`\n]*`/gs, "");

/** Where a page's links and images lead within the repository. */
function targetsOf(page: string): string[] {
  const links = page.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g);
  return [...links]
    .map(([, link, attribute]) => link ?? attribute ?? "")
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ""));
}

describe("decision records", () => {
  test("are numbered one after the other, in name and title alike", () => {
    const numbers = records.map((file) => [
      Number(basename(file).slice(0, 4)),
      Number(/^# (\d+)\. /.exec(read(file))?.[1]),
    ]);
    expect(numbers).toEqual(records.map((_, place) => [place + 1, place + 1]));
  });

  test("stand in their index, each with its title", () => {
    const titles = records.map((file) => {
      const [, number, title] = /^# (\d+)\. (.*)$/m.exec(read(file)) ?? [];
      return `${number}. [${title}](${basename(file)})`;
    });
    const lines = read("docs/adr/README.md").split("\n");
    expect(lines.filter((line) => /^\d+\. /.test(line))).toEqual(titles);
  });
});

describe("links between pages", () => {
  test.each(pages)("of %s lead to files that are there", (page) => {
    const lost = targetsOf(proseOf(read(page))).filter(
      (target) => !existsSync(join(dirname(page), target)),
    );
    expect(lost).toEqual([]);
  });

  test("are found in every form that the pages use", () => {
    const page = 'a [b](c.md#d) `[no](way)` <img src="e.png"> [f](https://g) [h](#i)';
    expect(targetsOf(proseOf(page))).toEqual(["c.md", "e.png"]);
    expect(pages.flatMap((file) => targetsOf(proseOf(read(file)))).length).toBeGreaterThan(20);
  });
});

describe("the architecture's page", () => {
  const page = read("ARCHITECTURE.md");

  test("says what each package is there for, and of no other", () => {
    const manifest = JSON.parse(read("package.json"));
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    const named = [...page.matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(
      Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).toSorted(),
    );
  });

  test("lists the folders of the tree", () => {
    const [, list = ""] = /```\n(infra\/.*?)```/s.exec(page) ?? [];
    const folders = (indent: string) =>
      [...list.matchAll(new RegExp(`^${indent}(\\w+)/`, "gm"))].map(([, name = ""]) => name);
    const ignored = read(".gitignore")
      .split("\n")
      .filter((line) => line.endsWith("/"));
    const tree = (pattern: string) =>
      globSync(pattern, { exclude: ignored.map((folder) => `${folder}**`) }).map((file) =>
        file.split("/").at(-2),
      );
    expect(new Set(folders("  "))).toEqual(new Set(tree("functions/*/*")));
    expect(new Set(folders(""))).toEqual(new Set(tree("*/*")));
  });
});

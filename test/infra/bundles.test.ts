import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes } from "../../functions/routes.ts";
import { access, type Part } from "../../infra/access.ts";
import { type Bundle, bundleAll, functionNames } from "../../scripts/bundle.ts";

const into = mkdtempSync(join(tmpdir(), "drawdown-bundles-"));
let bundles: ReadonlyMap<string, Bundle>;

beforeAll(async () => {
  bundles = new Map((await bundleAll(into)).map((one) => [one.name, one]));
});
afterAll(() => rmSync(into, { recursive: true, force: true }));

const bundleOf = (name: string): Bundle => bundles.get(name)!;
const inputsOf = (name: string): string[] => [...bundleOf(name).inputs.keys()];

/** What a function may weigh depends on what it can't do without. */
function budgetKiB(inputs: readonly string[]): number {
  if (inputs.some((path) => path.includes("node_modules/pdfkit/"))) return 1_800;
  return inputs.some((path) => path.includes("node_modules/stripe/")) ? 1_000 : 800;
}

const textOf = (name: string): string =>
  readFileSync(join(bundleOf(name).directory, "index.mjs"), "utf8");

/** How the code asks for what a part gives; minifying keeps the names of properties. */
const uses: Readonly<Record<Part, RegExp>> = {
  tenants: /\.tenant\(/,
  stripe: /\.stripe\(\)/,
  "webhook-secret": /\.webhookSecret\(\)/,
  mail: /\.sendMail\(/,
  bus: /\.putEvents\(/,
  "file-links": /\.fileLinks\(\)/,
  files: /\.files\(\)/,
  "due-queue": /\.sendDue\(/,
};

/** The kit that every area shares opens a tenant's session for whoever has logged in. */
const isOpenToAll = (name: string): boolean => {
  const own = routes.filter(({ area }) => area === name);
  return own.length > 0 && own.every(({ auth }) => auth === "none");
};

test("infra/access.ts knows every function, and no other", () => {
  expect(Object.keys(access).sort()).toEqual([...functionNames]);
});

describe.each(functionNames)("the bundle of %s", (name) => {
  test("keeps its budget", () => {
    expect(bundleOf(name).bytes / 1_024).toBeLessThanOrEqual(budgetKiB(inputsOf(name)));
  });

  test("has nothing in it that exists only locally", () => {
    expect(inputsOf(name).filter((path) => /^(local|test|scripts|infra)\//.test(path))).toEqual([]);
    expect(textOf(name)).not.toContain("/__local");
  });

  test("has Stripe's library only where it is named a part", () => {
    const hasStripe = inputsOf(name).some((path) => path.includes("node_modules/stripe/"));
    const may = access[name]?.parts.some((part) => part === "stripe" || part === "webhook-secret");
    expect(hasStripe).toBe(may);
  });

  test("takes just the parts that its code asks for", () => {
    const entry = readFileSync(`functions/lambda/${name}.ts`, "utf8");
    const taken = [...entry.matchAll(/"\.\/parts\/([\w-]+)\.ts"/g)].map(([, part]) => part);
    const asked = Object.entries(uses).flatMap(([part, use]) =>
      use.test(textOf(name)) && !(part === "tenants" && isOpenToAll(name)) ? [part] : [],
    );
    const { parts = [] } = access[name] ?? {};
    expect({ taken: taken.sort(), asked: asked.sort() }).toEqual({
      taken: [...parts].sort(),
      asked: [...parts].sort(),
    });
  });
});

test("every function starts from its environment, and says which of it is missing", async () => {
  const file = join(bundleOf("publish").directory, "index.mjs");
  expect(existsSync(file)).toBe(true);
  await expect(import(/* @vite-ignore */ file)).rejects.toThrow(
    /in the environment: TABLE_NAME, PUBLIC_URL, MAIL_FROM, STAGE$/,
  );
});

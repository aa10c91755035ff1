import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync, type Metafile } from "esbuild";
import { describe, expect, test } from "vitest";

const deployed = ["domain", "events", "functions", "infra"];
const files = globSync(`{${[...deployed, "local"].join()}}/**/*.ts`)
  .filter((file) => !file.endsWith(".d.ts"))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));

/** Every import between our files, those of mere types, too. */
const imports = new Map(
  [...sources].map(([file, source]) => [
    file,
    [...source.matchAll(/(?:from|import) "(\.{1,2}\/[^"]+)"/g)].map(([, path = ""]) =>
      join(dirname(file), path),
    ),
  ]),
);

/** What remains of them when the program runs. */
const { inputs } = buildSync({
  entryPoints: files,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  outdir: "unwritten",
  write: false,
  metafile: true,
  logLevel: "silent",
}).metafile as Metafile;

const isIn = (file: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
const isStore = (file: string): boolean => file.endsWith(".store.ts");
const isGateway = (file: string): boolean => file.endsWith(".gateway.ts");
const isPure = (file: string): boolean =>
  isIn(file, "domain") && !isStore(file) && !isGateway(file);

/** Imports of the chosen files that the rule does not allow, as "from -> to". */
function strays(
  from: (file: string) => boolean,
  isAllowed: (to: string, file: string) => boolean,
): string[] {
  return [...imports].flatMap(([file, targets]) =>
    from(file) ? targets.filter((to) => !isAllowed(to, file)).map((to) => `${file} -> ${to}`) : [],
  );
}

const packagesOf = (file: string): string[] =>
  (inputs[file]?.imports ?? []).filter(({ external }) => external).map(({ path }) => path);

describe("arrows point one way", () => {
  test.each([
    ["domain", ["domain"]],
    ["events", ["events", "domain"]],
    ["functions", ["functions", "domain", "events"]],
    [
      "infra",
      [
        "infra",
        "scripts/bundle.ts",
        "portal/headers.ts",
        "functions/routes.ts",
        "functions/consumers/all.ts",
        "domain/shared/table.ts",
      ],
    ],
  ])("%s knows only %s", (folder, known) => {
    const allowsTypes = ["functions/kit/route.ts", "functions/kit/consumer.ts"];
    const mayKnow = folder === "infra" ? [...known, ...allowsTypes] : known;
    expect(
      strays(
        (file) => isIn(file, folder),
        (to) => isIn(to, ...mayKnow),
      ),
    ).toEqual([]);
  });

  test("nothing that is deployed knows the local system", () => {
    expect(
      strays(
        (file) => isIn(file, ...deployed),
        (to) => !isIn(to, "local"),
      ),
    ).toEqual([]);
  });

  test("the core's contexts form a chain", () => {
    const rank: Readonly<Record<string, number>> = {
      ...{ shared: 0, agencies: 1, customers: 1, billing: 2, payments: 3 },
      ...{ retainers: 4, recurring: 4, documents: 4, portal: 5, accounting: 6 },
    };
    const contextOf = (file: string) => file.split("/")[1] ?? "";
    const rankOf = (file: string) => rank[contextOf(file)] ?? Number.NaN;
    expect(
      strays(
        (file) => isIn(file, "domain"),
        (to, file) => contextOf(to) === contextOf(file) || rankOf(to) < rankOf(file),
      ),
    ).toEqual([]);
  });

  test("stores and gateways don't know each other", () => {
    expect(
      strays(
        (file) => isStore(file),
        (to) => !isGateway(to),
      ),
    ).toEqual([]);
    expect(
      strays(
        (file) => isGateway(file),
        (to) => !isStore(to),
      ),
    ).toEqual([]);
  });

  test("no file comes back to itself", () => {
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
        return;
      }
      if (done.has(file)) return;
      for (const { path, external } of inputs[file]?.imports ?? []) {
        if (!external) walk(path, [...trail, file]);
      }
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(cycles).toEqual([]);
  });
});

describe("the pure core", () => {
  const pure = files.filter(isPure);

  test("uses no package that reaches out", () => {
    const reaching = /^(@aws-sdk|@smithy|stripe$|node:(?!crypto$)|nodemailer|middy)/;
    const found = pure.flatMap((file) =>
      packagesOf(file)
        .filter((name) => reaching.test(name))
        .map((name) => `${file} -> ${name}`),
    );
    expect(found).toEqual([]);
  });

  test("reads neither clock nor environment nor chance", () => {
    const impure = /\b(Date\s*[.(]|process\b|Math\.random|randomBytes\(|randomUUID|performance\b)/;
    const found = pure.filter((file) => impure.test(withoutComments(sources.get(file) ?? "")));
    expect(found).toEqual([]);
  });

  test("knows no store and no gateway, but for the names of the table's own parts", () => {
    const named = ["domain/shared/table.ts -> domain/shared/table.store.ts"];
    const found = pure.flatMap((file) =>
      (inputs[file]?.imports ?? [])
        .filter(({ path }) => isStore(path) || isGateway(path))
        .map(({ path }) => `${file} -> ${path}`),
    );
    expect(found).toEqual(named);
  });
});

const isFilesGateway = (file: string): boolean => file === "domain/documents/documents.gateway.ts";

/** Where the outside world is, each part has one place. */
describe("only", () => {
  test.each([
    ["stripe", (file: string) => isGateway(file)],
    ["@aws-sdk/client-s3", isFilesGateway],
    ["@aws-sdk/s3-request-presigner", isFilesGateway],
    ["@aws-sdk/client-sts", (file: string) => isIn(file, "functions/lambda/parts")],
    ["@aws-sdk/client-secrets-manager", (file: string) => isIn(file, "functions/lambda/parts")],
    ["@aws-sdk/client-sesv2", (file: string) => isIn(file, "functions/lambda/parts")],
    ["@aws-sdk/client-eventbridge", (file: string) => isIn(file, "functions/lambda/parts")],
    ["@aws-lambda-powertools/logger", (file: string) => file === "functions/kit/lambda.ts"],
  ])("the files for it import %s", (name, isAllowed) => {
    const importing = files
      .filter((file) => !isIn(file, "local"))
      .filter((file) => packagesOf(file).includes(name));
    expect(importing.length).toBeGreaterThan(0);
    expect(importing.filter((file) => !isAllowed(file))).toEqual([]);
  });

  test("functions/lambda and the kit's half for Lambda read the environment", () => {
    const reading = files
      .filter((file) => isIn(file, "domain", "events", "functions"))
      .filter((file) => /\bprocess\.env\b/.test(withoutComments(sources.get(file) ?? "")))
      .filter((file) => !isIn(file, "functions/lambda") && file !== "functions/kit/lambda.ts");
    expect(reading).toEqual([]);
  });
});

describe("every file", () => {
  const all = globSync(
    "{domain,events,functions,infra,local,scripts,test,portal,console}/**/*.{ts,tsx}",
  )
    .filter((file) => !/node_modules|\.generated\.ts$|\.d\.ts$/.test(file))
    .map((file) => ({ file, source: readFileSync(file, "utf8") }));

  test("takes zod as a namespace: its other form weighs 355 KiB in every bundle", () => {
    const named = all.filter(({ source }) =>
      /^import (?!type\b)(?!\* as z\b)[^;]*from ["']zod(\/[\w-]+)?["']/m.test(source),
    );
    expect(named.map(({ file }) => file)).toEqual([]);
  });

  test("has at most 400 lines", () => {
    const long = all.filter(({ source }) => source.split("\n").length > 401);
    expect(long.map(({ file }) => file)).toEqual([]);
  });

  test("exports by name", () => {
    const unnamed = all.filter(
      ({ file, source }) => /^export default\b/m.test(source) && !/\.config\.ts$/.test(file),
    );
    expect(unnamed.map(({ file }) => file)).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
}

import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const entriesDir = join(root, "functions/lambda");

/** Dependencies that are written for CommonJS call require, which an ES module has not. */
const banner =
  "import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url);";

/** fontkit's decoder of WOFF2 weighs 475 KiB, most of it a dictionary; our fonts are TTF. */
const withoutBrotli: Plugin = {
  name: "without-brotli",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^brotli\/decompress\.js$/ }, ({ path }) => ({
      path,
      namespace: "left-out",
    }));
    onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error("left out of the bundle: ${path}"); };`,
    }));
  },
};

/** One file per function, the SDK in it: what was tested is what runs. */
const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: "node",
  target: "node24",
  format: "esm",
  mainFields: ["module", "main"],
  banner: { js: banner },
  alias: {
    "@aws-sdk/credential-provider-node": "./functions/lambda/parts/own-credentials.ts",
  },
  legalComments: "none",
  metafile: true,
  plugins: [withoutBrotli],
  logLevel: "warning",
} as const satisfies BuildOptions;

export interface Bundle {
  readonly name: string;
  /** The folder that is uploaded; index.mjs is in it. */
  readonly directory: string;
  readonly bytes: number;
  /** What went in: path from the root, and how many bytes of it are in the bundle. */
  readonly inputs: ReadonlyMap<string, number>;
}

/** Every function that is deployed: one entry file each. */
export const functionNames: readonly string[] = readdirSync(entriesDir)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => basename(file, ".ts"))
  .sort();

export async function bundleFunction(name: string, into: string): Promise<Bundle> {
  const directory = join(into, name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { bytes, inputs } = await bundleFile(
    join(entriesDir, `${name}.ts`),
    join(directory, "index.mjs"),
  );
  // The fonts are read from beside the file that draws with them.
  if (inputs.has("functions/pdf/font.ts")) {
    cpSync(join(root, "functions/pdf/fonts"), join(directory, "fonts"), { recursive: true });
  }
  return { name, directory, bytes, inputs };
}

/** Any entry, as a function is bundled. */
export async function bundleFile(
  entry: string,
  outfile: string,
): Promise<Pick<Bundle, "bytes" | "inputs">> {
  return measured((await build({ ...options, entryPoints: [entry], outfile })).metafile);
}

export async function bundleAll(into = join(root, ".build/lambda")): Promise<Bundle[]> {
  const bundles: Bundle[] = [];
  for (const name of functionNames) bundles.push(await bundleFunction(name, into));
  return bundles;
}

function measured({ outputs }: Metafile): Pick<Bundle, "bytes" | "inputs"> {
  const [output] = Object.values(outputs);
  const inputs = Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const);
  return { bytes: output?.bytes ?? 0, inputs: new Map(inputs) };
}

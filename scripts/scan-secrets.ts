import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What a secret looks like in a file; test keys and made-up ones are told apart by their length. */
const patterns: Readonly<Record<string, RegExp>> = {
  "an AWS access key": /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  "an AWS secret": /secret_?access_?key["']?\s*[=:]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  "a key of Stripe": /\b(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{20,}\b/,
  "a webhook secret": /\bwhsec_[0-9A-Za-z+/=_-]{24,}/,
  "an API key of ours": /\bdd_[A-Za-z0-9_-]{43}\b/,
  "a private key": /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  "a token of a code host": /\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{60,})\b/,
  "a token of a package registry": /\bnpm_[0-9A-Za-z]{36}\b/,
};

/** "file:line looks like ..." for whatever must not be checked in. */
export function secretsIn(file: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) =>
    Object.entries(patterns)
      .filter(([, pattern]) => pattern.test(line))
      .map(([what]) => `${file}:${index + 1} looks like ${what}`),
  );
}

const binary = /\.(png|ttf|woff2|ico|pdf)$/;

/** Everything that is, or is about to be, checked in. */
export function scan(folder = "."): string[] {
  // Ended by a zero: git would quote a name of other letters, which then is no file's.
  const named = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", named, { cwd: folder })
    .toString()
    .split("\0")
    .filter((file) => file && !binary.test(file));
  return files.flatMap((file) => secretsIn(file, textOf(join(folder, file))));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Removed, but still listed.
    return "";
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = scan();
  for (const one of found) console.error(one);
  process.exitCode = found.length > 0 ? 1 : 0;
}

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verdictOf } from "../../scripts/audit.ts";
import { scan, secretsIn } from "../../scripts/scan-secrets.ts";

test("no secret is checked in", () => {
  expect(scan()).toEqual([]);
});

/** Put together here, so that this file holds none. */
test.each([
  ["an AWS access key", `AKIA${"A1".repeat(8)}`],
  ["an AWS secret", `x", "secretAccessKey": "${"Ab1/".repeat(10)}`],
  ["a token of a code host", `ghp_${"d".repeat(36)}`],
  ["a key of Stripe", `sk_live_${"a1".repeat(12)}`],
  ["a webhook secret", `whsec_${"b2".repeat(16)}`],
  ["an API key of ours", `dd_${"x".repeat(43)}`],
  ["a private key", ["-----BEGIN", "RSA PRIVATE", "KEY-----"].join(" ")],
  ["a token of a package registry", `npm_${"c".repeat(36)}`],
])("%s would be found", (what, secret) => {
  expect(secretsIn("a.ts", `const one = 1;\nconst two = "${secret}";`)).toEqual([
    `a.ts:2 looks like ${what}`,
  ]);
});

describe("a checkout with a secret in it", () => {
  const program = join(import.meta.dirname, "../../scripts/scan-secrets.ts");
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "checkout-"));
    execFileSync("git", ["init", "-q"], { cwd: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is refused, whatever the file is called and before anybody adds it", () => {
    const run = () => spawnSync(process.execPath, [program], { cwd: folder, encoding: "utf8" });
    writeFileSync(join(folder, "plain.ts"), "const one = 1;\n");
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    writeFileSync(join(folder, "schlüssel 1.env"), `KEY=AKIA${"A1".repeat(8)}\n`);
    const found = "schlüssel 1.env:1 looks like an AWS access key";
    expect(run()).toMatchObject({ status: 1, stderr: `${found}\n` });
    expect(scan(folder)).toEqual([found]);
  });
});

describe("the audit of dependencies", () => {
  const report = (severity: string) => JSON.stringify({ vulnerabilities: { left: { severity } } });

  test.each([
    ["a serious weakness", report("critical"), "vulnerable"],
    ["a slight one", report("low"), "clean"],
    ["none", JSON.stringify({ vulnerabilities: {} }), "clean"],
    ["no network", JSON.stringify({ error: { code: "ENOTFOUND", summary: "" } }), "unknown"],
    ["a registry that can't audit", "<html>404</html>", "unknown"],
    ["no answer in time", "", "unknown"],
  ])("takes %s as %#", (_case, output, kind) => {
    expect(verdictOf(output).kind).toBe(kind);
  });

  test.each([
    ["high", 1, "dependencies with known weaknesses: left (high)\n"],
    ["moderate", 0, ""],
  ])("ends with what it found: %s", (severity, status, stderr) => {
    const folder = mkdtempSync(join(tmpdir(), "registry-"));
    // It ends with 1 itself whenever it finds anything.
    const text = `#!/bin/sh\necho '${report(severity)}'\nexit 1\n`;
    writeFileSync(join(folder, "npm"), text, { mode: 0o755 });
    const program = join(import.meta.dirname, "../../scripts/audit.ts");
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    const run = spawnSync(process.execPath, [program], { env, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(run).toMatchObject({ status, stderr });
  });
});

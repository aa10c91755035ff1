import { describe, expect, test } from "vitest";
import { verdictOf } from "../../scripts/audit.ts";
import { scan, secretsIn } from "../../scripts/scan-secrets.ts";

test("no secret is checked in", () => {
  expect(scan()).toEqual([]);
});

/** Put together here, so that this file holds none. */
test.each([
  ["an AWS access key", `AKIA${"A1".repeat(8)}`],
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
});

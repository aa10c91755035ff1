import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { anApp, stacksOf } from "./templates.ts";

test("AWS's own rules find nothing that isn't acknowledged with a reason", () => {
  const app = anApp();
  stacksOf(app);
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  const found = violations.flatMap(({ ruleName, violatingResources = [] }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
  );
  expect(found).toEqual([]);
});

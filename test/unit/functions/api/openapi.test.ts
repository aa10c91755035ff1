import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiOf } from "../../../../functions/api/docs/openapi.ts";
import { routes } from "../../../../functions/routes.ts";

test("docs/openapi.json is what the schemas say today: npm run gen renews it", () => {
  const written = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
  expect(JSON.parse(JSON.stringify(openApiOf(routes, "/")))).toEqual(written);
});

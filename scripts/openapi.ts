import { writeFileSync } from "node:fs";
import { openApiOf } from "../functions/api/docs/openapi.ts";
import { routes } from "../functions/routes.ts";

/** Writes the document that clients are generated from; a test fails when it is out of date. */
const document = openApiOf(routes, "/");
writeFileSync("docs/openapi.json", `${JSON.stringify(document, null, 2)}\n`);
console.log(`docs/openapi.json: ${routes.length} operations`);

import { readFileSync, writeFileSync } from "node:fs";
import { compile, type JSONSchema } from "json-schema-to-typescript";

/** The portal's types, from the OpenAPI document: what the server answers is what the pages expect. */
interface Reply {
  readonly content?: { readonly "application/json"?: { readonly schema: JSONSchema } };
}
interface Described {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Reply>>;
}

const { paths, components } = JSON.parse(
  // The compiler takes one schema at a time, with its definitions in it.
  readFileSync("docs/openapi.json", "utf8").replaceAll("#/components/schemas/", "#/$defs/"),
) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JSONSchema>> };
};

const banner = "/** Made by `npm run gen` from docs/openapi.json. */\n";
const written: string[] = [banner];
for (const [path, methods] of Object.entries(paths)) {
  if (!path.startsWith("/portal/")) continue;
  for (const { operationId, responses } of Object.values(methods)) {
    const schema = (responses["200"] ?? responses["201"])?.content?.["application/json"]?.schema;
    if (!schema) continue;
    const name = operationId.charAt(0).toUpperCase() + operationId.slice(1);
    const { title: _title, id: _id, ...untitled } = schema as JSONSchema & { id?: string };
    const whole = { ...untitled, $defs: components.schemas };
    written.push(await compile(whole, name, { additionalProperties: false, bannerComment: "" }));
  }
}
writeFileSync("portal/src/api.generated.ts", written.join("\n"));

import { operation } from "../../kit/operation.ts";
import { openApiOf } from "./openapi.ts";
import { docsRoutes } from "./routes.ts";

export const getOpenApi = operation(docsRoutes.getOpenApi, async (call) => {
  const { routes } = await import("../../routes.ts");
  return {
    status: 200,
    headers: { "cache-control": "public, max-age=300" },
    body: openApiOf(routes, call.deps.config.publicUrl),
  };
});

import * as z from "zod";
import { route } from "../../kit/route.ts";

export const docsRoutes = {
  getOpenApi: route({
    area: "agencies",
    tag: "Documentation",
    auth: "none",
    method: "GET",
    path: "/v1/openapi.json",
    operation: "getOpenApi",
    summary: "This document",
    replies: { 200: z.record(z.string(), z.unknown()) },
  }),
};

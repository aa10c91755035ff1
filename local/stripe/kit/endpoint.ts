import type * as z from "zod";
import type { World } from "./world.ts";

export type Method = "get" | "post" | "delete";

/** One call of the API: what it accepts, and what it does inside one transaction. */
export interface Endpoint {
  method: Method;
  path: string;
  params: z.ZodType;
  run(world: World, params: never, path: PathParams): object;
}

export interface PathParams {
  id: string;
  /** A call whose version is older may still use parameters that were removed since. */
  apiVersion: string;
}

/** Ties the parameters of `run` to what the schema lets through. */
export function endpoint<Schema extends z.ZodType>(definition: {
  method: Method;
  path: string;
  params: Schema;
  run(world: World, params: z.output<Schema>, path: PathParams): object;
}): Endpoint {
  return definition;
}

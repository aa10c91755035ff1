import { isId, type Kind } from "../../domain/shared/ids.ts";
import type { Route } from "./route.ts";

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type Routing =
  | ({ readonly found: true } & Match)
  | { readonly found: false; readonly allow: readonly string[] };

/** Finds the line of the table for a request; a path known under other methods tells which. */
export function routerFor(routes: readonly Route[]): (method: string, path: string) => Routing {
  const patterns = routes.map((route) => ({ route, parts: route.path.split("/") }));
  return (method, path) => {
    const given = path.split("/");
    const matching = patterns.flatMap(({ route, parts }) => {
      const params = paramsOf(parts, given);
      return params ? [{ route, params, literals: literalsIn(parts) }] : [];
    });
    const most = Math.max(...matching.map(({ literals }) => literals));
    const nearest = matching.filter(({ literals }) => literals === most);
    const match = nearest.find(({ route }) => route.method === method);
    if (match) return { found: true, route: match.route, params: match.params };
    return { found: false, allow: nearest.map(({ route }) => route.method) };
  };
}

const literalsIn = (parts: readonly string[]): number =>
  parts.filter((part) => !part.startsWith("{")).length;

function paramsOf(
  parts: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  if (parts.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** An id of the wrong form can't exist: the same 404 as an unknown one, without a look-up. */
export function hasWrongId({ route, params }: Match): boolean {
  return Object.entries(route.params ?? {}).some(
    ([name, kind]) => !isId(kind as Kind, params[name] ?? ""),
  );
}

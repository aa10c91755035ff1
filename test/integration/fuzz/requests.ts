import fc from "fast-check";
import type { Route } from "../../../functions/kit/route.ts";
import { bodySchemaOf, operationOf } from "./document.ts";
import { type Examples, nearlyValid, type Schema, valid } from "./generated.ts";
import { hostileBody, hostileName, hostileText, jsonText } from "./hostile.ts";
import type { Sent } from "./world.ts";

/** Requests for one route: mostly for records that exist, half of them as they should be. */
export const requestsFor = (route: Route, examples: Examples): fc.Arbitrary<Sent> =>
  requestWith(route, examples, fc.oneof(validBody(route, examples), spoiledBody(route, examples)));

/** The same with bodies that can hardly be meant. */
export const nonsenseFor = (route: Route, examples: Examples): fc.Arbitrary<Sent> =>
  requestWith(
    route,
    examples,
    fc.oneof({ weight: 3, arbitrary: spoiledBody(route, examples) }, hostileBody),
  );

const requestWith = (
  route: Route,
  examples: Examples,
  body: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<Sent> =>
  fc
    .record({
      path: pathFor(route, examples),
      query: queryFor(route, examples),
      body: route.method === "GET" ? fc.constant(undefined) : body,
      headers: headersFor(route),
    })
    .map(({ path, query, ...rest }) => ({ path: path + query, ...rest }));

const validBody = (route: Route, examples: Examples): fc.Arbitrary<string | undefined> =>
  fc.option(valid(bodySchemaOf(route), examples).map(jsonText), { nil: undefined });

const spoiledBody = (route: Route, examples: Examples): fc.Arbitrary<string> =>
  nearlyValid(bodySchemaOf(route), examples).map(jsonText);

/** What a line of HTTP can carry: a lone surrogate can't be sent. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function pathFor({ path, params = {} }: Route, examples: Examples): fc.Arbitrary<string> {
  const parts = path.split("/").map((part): fc.Arbitrary<string> => {
    if (!part.startsWith("{")) return fc.constant(part);
    const own = examples[params[part.slice(1, -1)] ?? "paymentMethod"] ?? ["x"];
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...own) },
      { weight: 1, arbitrary: hostileText.map(encoded) },
    );
  });
  return fc.tuple(...parts).map((all) => all.join("/"));
}

function queryFor(route: Route, examples: Examples): fc.Arbitrary<string> {
  const known = operationOf(route).parameters.filter((one) => one.in === "query");
  const named = known.map(({ name, schema }) =>
    pairOf(fc.constant(name), queryValue(schema, { examples, name })),
  );
  const pair = fc.oneof(
    ...(named.length > 0 ? [{ weight: 12, arbitrary: fc.oneof(...named) }] : []),
    { weight: 1, arbitrary: pairOf(hostileName, hostileText) },
  );
  const frequent = known.length > 0 ? 4 : 0;
  return fc
    .oneof(
      { weight: 1, arbitrary: fc.constant<string[]>([]) },
      { weight: frequent, arbitrary: fc.array(pair, { maxLength: 4 }) },
      { weight: 1, arbitrary: fc.constantFrom(["%"], ["%ff=%ff"], ["&&="], ["a=1", "a=2"]) },
    )
    .map((pairs) => (pairs.length > 0 ? `?${pairs.join("&")}` : ""));
}

const pairOf = (name: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(name, value).map(([left, right]) => `${encoded(left)}=${encoded(right)}`);

const queryValue = (
  schema: Schema,
  { examples, name }: { readonly examples: Examples; readonly name: string },
): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: valid(schema, examples, name).map(String) },
    { weight: 1, arbitrary: hostileText },
  );

/** What a server hands over as a header: one line of Latin-1, with anything in it. */
const headerText = hostileText.map((text) =>
  Buffer.from(text.toWellFormed().replaceAll(/[\r\n\0]/g, " "), "utf8")
    .toString("latin1")
    .trim(),
);

function headersFor({ method, auth }: Route): fc.Arbitrary<Record<string, string>> {
  const hostile = (name: string) => headerText.map((value) => ({ [name]: value }));
  const changing = method === "GET" ? [] : [hostile("idempotency-key"), hostile("if-match")];
  const versions = fc
    .constantFrom("1", '"1"', 'W/"2"', "*", "2")
    .map((one) => ({ "if-match": one }));
  const doors = auth === "contact" ? [hostile("cookie"), hostile("x-portal")] : [];
  const keys = auth === "key" ? [hostile("api-key"), hostile("authorization")] : [];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.oneof(...changing, versions, hostile("content-type"), hostile("accept")),
    },
    { weight: 1, arbitrary: fc.oneof(hostile("user-agent"), ...doors, ...keys) },
  );
}

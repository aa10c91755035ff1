import { beforeAll, describe, expect, test } from "vitest";
import type { Route } from "../../../functions/kit/route.ts";
import { loginLink } from "../../../functions/portal/links.ts";
import { routes } from "../../../functions/routes.ts";
import { type Answer, caller, type Headers } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";
import { aPortalWorld, type PortalWorld, tokenIn } from "../portal/world.ts";

/**
 * Walks the table of routes with a caller who may, one who may not, and a browser that another site sends:
 * what protects an answer must be on every one, and nothing may change without the portal's own header.
 */
const named = ({ method, path }: Route) => `${method} ${path}`;
const everyRoute = routes.map((route) => [named(route), route] as const);
const fromPages = everyRoute.filter(
  ([, { path, method }]) => path.startsWith("/portal/") && method !== "GET",
);
const readByAnybody = new Set(["GET /v1/openapi.json"]);

let world: PortalWorld;
let accepted: () => number;

beforeAll(async () => {
  world = await aPortalWorld();
  accepted = countWrites(world.shell.table);
});

const pathOf = ({ path }: Route): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => `${name}_00000000000000000000000000`);

/** As the deployed system is asked: its address is encrypted. */
function send(route: Route, headers: Headers, { isDeployed = true } = {}): Promise<Answer> {
  const { deps } = world.shell;
  const config = { ...deps.config, publicUrl: "https://app.drawdown.test" };
  const call = caller(isDeployed ? { ...deps, config } : deps, "");
  return call(route.method, pathOf(route), route.method === "GET" ? undefined : {}, headers);
}

const credentials = ({ auth }: Route): Headers => ({
  ...(auth === "key" ? { "api-key": world.shell.apiKey } : {}),
  ...(auth === "contact" ? { cookie: world.visitor.cookie(), "x-portal": "1" } : {}),
});

const always = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "strict-transport-security": expect.stringMatching(/^max-age=\d{8}$/),
  "x-request-id": expect.stringMatching(/./),
};

describe.each(everyRoute)("%s", (name, route) => {
  test("answers with what protects it, whoever asks", async () => {
    for (const headers of [{}, credentials(route)]) {
      const answer = await send(route, headers);
      expect(answer.headers).toMatchObject(always);
      const isKept = answer.status === 200 && readByAnybody.has(name);
      expect(answer.headers["cache-control"]).toBe(isKept ? "public, max-age=300" : "no-store");
      if (answer.body)
        expect(answer.headers["content-type"]).toMatch(/^[\w/+-]+(; charset=utf-8)?$/);
    }
  });
});

test("the walk comes to answers that hold something, not to refusals alone", async () => {
  const reads = routes.filter(({ method, params }) => method === "GET" && !params);
  const statuses = await Promise.all(reads.map((one) => send(one, credentials(one))));
  const whole = statuses.filter(({ status }) => status === 200);
  expect(whole.length).toBeGreaterThan(reads.length / 2);
});

test("a path that nobody takes, and a wrong method, are protected alike", async () => {
  const [route] = routes;
  if (!route) throw new Error("there are no routes");
  for (const path of ["/", "/v1/nothing", "/portal/nothing"]) {
    const answer = await send({ ...route, method: "GET", path }, {});
    expect(answer).toMatchObject({ status: 404, headers: always });
  }
  const wrong = await send({ ...route, method: "DELETE", path: "/v1/customers" }, {});
  expect(wrong).toMatchObject({ status: 405, headers: always });
});

test("a machine without encryption doesn't ask browsers for it", async () => {
  const [route] = routes;
  if (!route) throw new Error("there are no routes");
  const { headers } = await send(route, {}, { isDeployed: false });
  expect(headers["strict-transport-security"]).toBeUndefined();
});

describe.each(fromPages)("%s", (_name, route) => {
  test.each([
    ["no header", {}],
    ["another value", { "x-portal": "true" }],
    ["a form's type", { "content-type": "application/x-www-form-urlencoded" }],
  ])("refuses a request that another site sends (%s), and changes nothing", async (_case, sent) => {
    const before = accepted();
    const answer = await send(route, { cookie: world.visitor.cookie(), ...sent });
    expect(answer).toMatchObject({ status: 403, body: { code: "portal.header-missing" } });
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(accepted()).toBe(before);
  });
});

test("no answer lets another site's scripts read it", async () => {
  for (const [, route] of everyRoute) {
    const { headers } = await send(route, { ...credentials(route), origin: "https://evil.test" });
    const named = Object.keys(headers).filter((one) => one.startsWith("access-control-"));
    expect(named).toEqual([]);
  }
});

describe("the cookie", () => {
  const attributes = (cookie: string | undefined) =>
    (cookie ?? "").split("; ").slice(1).sort().join("; ");

  test.each([
    [true, "HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure"],
    [false, "HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax"],
  ])("is for the host alone, where deployed (%s) over TLS only", async (isDeployed, expected) => {
    const { shell, person } = world;
    const { agency } = shell;
    const contact = person as unknown as Parameters<typeof loginLink>[1]["contact"];
    const { url } = await loginLink(shell.deps, { agency, contact });
    const config = { ...shell.deps.config, publicUrl: "https://app.drawdown.test" };
    const call = caller(isDeployed ? { ...shell.deps, config } : shell.deps, "");
    const body = { token: tokenIn(url) };
    const { headers } = await call("POST", "/portal/session", body, { "x-portal": "1" });
    expect(attributes(headers["set-cookie"])).toBe(expected);
  });
});

import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { changeSession, createSession, loadSession } from "../../domain/portal/session.store.ts";
import {
  isAlive,
  replacedSession,
  type Session,
  touchSession,
} from "../../domain/portal/session.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { commit, WriteRejected } from "./commit.ts";
import type { Config, Deps } from "./deps.ts";
import { hashText } from "./idempotency.ts";
import type { Principal } from "./operation.ts";
import { Refused } from "./refused.ts";
import type { Route } from "./route.ts";

const cookieName = "drawdown_portal";
const cookieKeptS = 14 * 24 * 3_600;
const tokenBytes = 32;
const tokenForm = /^[\w-]{43}$/;

export const newTokenText = (deps: Pick<Deps, "random">): string =>
  Buffer.from(deps.random(tokenBytes)).toString("base64url");

const unauthenticated = () =>
  new Refused(refuse("auth.missing", "Log in with a link from your mail."));

/** Another site can make a browser send the cookie, but not this header. */
export function requirePortalHeader(route: Route, event: APIGatewayProxyEventV2): void {
  if (route.method === "GET" || !route.path.startsWith("/portal/")) return;
  if (event.headers["x-portal"] === "1") return;
  throw new Refused(refuse("portal.header-missing", "Send the header x-portal: 1."));
}

export interface HeldSession {
  readonly session: Session;
  readonly hash: string;
}

/** The session that the cookie names, if it is alive. */
export async function sessionOf(
  deps: Pick<Deps, "platform" | "now">,
  event: APIGatewayProxyEventV2,
): Promise<HeldSession | undefined> {
  const token = tokenIn(event);
  if (!token) return undefined;
  const hash = hashText(token);
  const session = await loadSession(deps.platform, hash);
  return session && isAlive(session, deps.now()) ? { session, hash } : undefined;
}

/** The contact behind a portal session. Using it keeps it alive and, once a day, changes its token. */
export async function contactOf(
  deps: Deps,
  route: Route,
  event: APIGatewayProxyEventV2,
): Promise<Principal> {
  const held = await sessionOf(deps, event);
  if (!held) throw unauthenticated();
  requirePortalHeader(route, event);
  await keepAlive(deps, event, held);
  return principalIn(held.session);
}

export function principalIn(session: Session): Principal {
  const { agency, customer, contact, staff, document } = session;
  const who = staff ? `${staff.staff ?? staff.apiKey} for ${contact}` : contact;
  return {
    ...{ agency, customer, contact, document },
    role: "viewer",
    actor: { ...staff, contact },
    name: document ? `${who} in ${document}` : who,
    isStaff: staff !== null,
  };
}

/** Losing the race to a request beside this one changes nothing: the old token still lives a minute. */
async function keepAlive(
  deps: Deps,
  event: APIGatewayProxyEventV2,
  { session, hash }: HeldSession,
): Promise<void> {
  const now = deps.now();
  const { kind, next } = touchSession(session, now);
  if (kind === "keep") return;
  const { platform } = deps;
  const token = newTokenText(deps);
  const writes: GuardedWrite[] =
    kind === "note"
      ? [changeSession(platform, hash, { before: session, after: next })]
      : [
          createSession(platform, hashText(token), next),
          changeSession(platform, hash, { before: session, after: replacedSession(session, now) }),
        ];
  try {
    await commit(platform, writes);
    if (kind === "rotate") cookies.set(event, sessionCookie(deps.config, token));
  } catch (error) {
    if (!(error instanceof WriteRejected)) throw error;
  }
}

const cookies = new WeakMap<APIGatewayProxyEventV2, string>();

/** A changed token travels with whatever the request is answered, refusals, too. */
export function sessionCookies(): MiddlewareObj<
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Error
> {
  const mark = (
    event: APIGatewayProxyEventV2,
    response: APIGatewayProxyStructuredResultV2 | null | undefined,
  ) => {
    const cookie = cookies.get(event);
    if (!response || !cookie || response.headers?.["set-cookie"]) return;
    response.headers = { ...response.headers, "set-cookie": cookie };
  };
  return {
    after: ({ event, response }) => mark(event, response),
    onError: ({ event, response }) => mark(event, response),
  };
}

export const sessionCookie = (config: Config, token: string): string =>
  cookieOf(config, token, cookieKeptS);

export const noSessionCookie = (config: Config): string => cookieOf(config, "", 0);

function cookieOf({ publicUrl }: Config, value: string, keptS: number): string {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${cookieName}=${value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${keptS}${secure}`;
}

/** API Gateway takes cookies out of the headers; other servers leave them there. */
export function tokenIn({ cookies: listed, headers }: APIGatewayProxyEventV2): string | undefined {
  const pairs = [...(listed ?? []), ...(headers.cookie ?? "").split(";")];
  const prefix = `${cookieName}=`;
  const found = pairs.map((pair) => pair.trim()).find((pair) => pair.startsWith(prefix));
  const token = found?.slice(prefix.length);
  return token && tokenForm.test(token) ? token : undefined;
}

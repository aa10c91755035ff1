import { simpleParser } from "mailparser";
import { expect } from "vitest";
import { routerFor } from "../../../functions/kit/router.ts";
import { loginLink } from "../../../functions/portal/links.ts";
import { routes } from "../../../functions/routes.ts";
import {
  type AnAgency,
  type Answer,
  aShell,
  caller,
  type Headers,
  type Shell,
  type ShellOptions,
} from "../../support/shell.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
export type Json = any;

/** A browser at the portal: keeps its cookie, sends the header that the portal's pages send. */
export interface Visitor {
  call(method: string, path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  /** The answer's body, which must be a success and as the route promises. */
  get(path: string): Promise<Json>;
  cookie(): string;
  useCookie(cookie: string): void;
}

export function aVisitor(shell: Pick<Shell, "deps">): Visitor {
  const send = caller(shell.deps, "");
  const find = routerFor(routes);
  let cookie = "";
  const call: Visitor["call"] = async (method, path, body, headers = {}) => {
    const own = { "api-key": "", cookie, ...(method === "GET" ? {} : { "x-portal": "1" }) };
    const answer = await send(method, path, body, { ...own, ...headers });
    const given = answer.headers["set-cookie"];
    if (given) cookie = given.split(";")[0] ?? "";
    return answer;
  };
  return {
    call,
    get: async (path) => {
      const { status, body } = await call("GET", path);
      expect({ path, status, code: body?.code }).toEqual({ path, status: 200, code: undefined });
      const match = find("GET", path.split("?")[0] ?? "");
      const reply = match.found ? match.route.replies[200] : null;
      if (reply && typeof reply === "object") reply.parse(body);
      return body;
    },
    cookie: () => cookie,
    useCookie: (given) => {
      cookie = given;
    },
  };
}

export interface Person {
  readonly id: string;
  readonly customer: string;
  readonly email: string;
}

export async function aContact(
  agency: AnAgency,
  over: { company?: string; email?: string; customer?: string; portal?: boolean } = {},
): Promise<Person> {
  const { company = "Acme", email = "ann@acme.test", portal = true } = over;
  const customer =
    over.customer ??
    (await agency.call("POST", "/v1/customers", { billTo: { company, email } })).body.id;
  const body = { firstName: "Ann", lastName: "Lee", email, portal };
  const made = await agency.call("POST", `/v1/customers/${customer}/contacts`, body);
  expect(made.status).toBe(201);
  return { id: made.body.id, customer, email };
}

export const tokenIn = (url: string): string => url.split("#token=")[1] ?? "";

/** Logged in with a link, as from a mail. */
export async function loggedIn(
  shell: Pick<Shell, "deps">,
  { agency }: Pick<AnAgency, "agency">,
  person: Person,
): Promise<Visitor> {
  const contact = person as unknown as Parameters<typeof loginLink>[1]["contact"];
  const { url } = await loginLink(shell.deps, { agency, contact });
  const visitor = aVisitor(shell);
  const answer = await visitor.call("POST", "/portal/session", { token: tokenIn(url) });
  expect(answer.status).toBe(204);
  return visitor;
}

export interface PortalWorld {
  readonly shell: Shell;
  readonly person: Person;
  readonly visitor: Visitor;
}

export const aPortalWorld = async (options: ShellOptions = {}): Promise<PortalWorld> =>
  aPortalOf(await aShell(options));

/** The portal of a shell that the test has made in its own way. */
export async function aPortalOf<S extends Shell>(
  shell: S,
): Promise<PortalWorld & { readonly shell: S }> {
  const person = await aContact(shell);
  return { shell, person, visitor: await loggedIn(shell, shell, person) };
}

export async function settings(agency: AnAgency, change: object): Promise<void> {
  const answer = await agency.call("PATCH", "/v1/agency", { settings: change });
  expect({ status: answer.status, body: answer.body.code }).toEqual({ status: 200 });
}

export interface DocumentTerms {
  readonly customer: string;
  readonly amount: number;
  readonly isRetainer?: boolean;
  readonly status?: string;
  readonly dueDate?: string;
  readonly autoApply?: string;
}

export async function aDocument(agency: AnAgency, terms: DocumentTerms): Promise<Json> {
  const { amount, status = "Unpaid", ...rest } = terms;
  const items = [{ name: "Work", quantity: 1, price: amount }];
  const made = await agency.call("POST", "/v1/invoices", { items, status, ...rest });
  expect(made.status).toBe(201);
  return made.body;
}

export async function lastMail({ mails }: Pick<Shell, "mails">) {
  const last = mails.at(-1);
  if (!last) throw new Error("no mail was sent");
  const parsed = await simpleParser(last.raw);
  const link = /https?:\/\/\S+#token=[\w-]+/.exec(parsed.text ?? "")?.[0] ?? "";
  return { to: last.to, subject: parsed.subject, text: parsed.text ?? "", link };
}

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  /** `AssumeRole`, `GetItem`, `PutEvents`, `GetSecretValue`, `SendEmail`. */
  readonly action: string;
  readonly body: string;
  /** Whose key signed it. */
  readonly accessKey: string;
}

export interface FakeAws {
  readonly endpoint: string;
  readonly asked: Asked[];
  readonly times: (action: string) => number;
  close(): Promise<void>;
}

/** Answers what AWS would, by action; tells what it was asked. */
export async function fakeAws(
  answers: Readonly<Record<string, (asked: Asked) => unknown>>,
): Promise<FakeAws> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const one = { action: actionOf(request, body), body, accessKey: accessKeyIn(request) };
    asked.push(one);
    const answer = answers[one.action]?.(one) ?? {};
    const isXml = typeof answer === "string";
    response.setHeader("content-type", isXml ? "text/xml" : "application/x-amz-json-1.0");
    response.end(isXml ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    times: (action) => asked.filter((one) => one.action === action).length,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function actionOf({ headers, method, url = "" }: IncomingMessage, body: string): string {
  if (url.startsWith("/drawdown-files/")) return `${method} ${url.split("?")[0]}`;
  if (url.startsWith("/v2/email")) return "SendEmail";
  const target = headers["x-amz-target"];
  if (target) return String(target).split(".").at(-1) ?? "";
  return new URLSearchParams(body).get("Action") ?? "";
}

const accessKeyIn = ({ headers }: IncomingMessage): string =>
  /Credential=([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";

/** What STS answers: a key of its own per agency, so that a test sees whose session signed. */
export function assumedRole({ body }: Asked, expiresAt: string): string {
  const agency = new URLSearchParams(body).get("Tags.member.1.Value");
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>KEY-${agency}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>token</SessionToken><Expiration>${expiresAt}</Expiration></Credentials>
    </AssumeRoleResult></AssumeRoleResponse>`;
}

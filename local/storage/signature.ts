import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** AWS's Signature Version 4, as the storage checks it: in the address of a link, or in a header. */
export interface Secret {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export type Checked = "good" | "bad" | "expired";

interface Signature {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** When it was signed: 20270301T090000Z. */
  readonly date: string;
  readonly payload: string;
  /** Links end; what a program signs for itself is judged by its secret alone. */
  readonly expiresS: number | undefined;
}

const algorithm = "AWS4-HMAC-SHA256";

export function checkSignature(
  request: Request,
  { secret, nowMs }: { readonly secret: Secret; readonly nowMs: number },
): Checked {
  const found = inAddress(request) ?? inHeader(request);
  if (!found || found.credential.split("/")[0] !== secret.accessKeyId) return "bad";
  const wanted = Buffer.from(signatureOf(request, found, secret));
  const given = Buffer.from(found.signature);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return "bad";
  const isLate = found.expiresS !== undefined && nowMs > msOf(found.date) + found.expiresS * 1_000;
  return isLate ? "expired" : "good";
}

function inAddress({ url }: Request): Signature | undefined {
  const query = new URL(url).searchParams;
  const signature = query.get("X-Amz-Signature");
  if (signature === null || query.get("X-Amz-Algorithm") !== algorithm) return undefined;
  return {
    credential: query.get("X-Amz-Credential") ?? "",
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature,
    date: query.get("X-Amz-Date") ?? "",
    payload: query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
    expiresS: Number(query.get("X-Amz-Expires")),
  };
}

const headerForm =
  /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=(\w+)$/;

function inHeader({ headers }: Request): Signature | undefined {
  const found = headerForm.exec(headers.get("authorization") ?? "");
  if (!found) return undefined;
  const [, credential = "", signedHeaders = "", signature = ""] = found;
  return {
    credential,
    signedHeaders: signedHeaders.split(";"),
    signature,
    date: headers.get("x-amz-date") ?? "",
    payload: headers.get("x-amz-content-sha256") ?? "",
    expiresS: undefined,
  };
}

function signatureOf(request: Request, signed: Signature, { secretAccessKey }: Secret): string {
  const { credential, date } = signed;
  const [, ...scope] = credential.split("/");
  const hash = createHash("sha256").update(canonical(request, signed)).digest("hex");
  const text = [algorithm, date, scope.join("/"), hash].join("\n");
  const key = scope.reduce<Buffer | string>(
    (made, part) => createHmac("sha256", made).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}

/** What was signed. A header that is sent otherwise than it was signed makes another text. */
function canonical(request: Request, { signedHeaders, payload }: Signature): string {
  const { pathname, searchParams } = new URL(request.url);
  const query = [...searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const headers = signedHeaders.map(
    (name) => `${name}:${(request.headers.get(name) ?? "").trim().replace(/\s+/g, " ")}\n`,
  );
  return [
    ...[request.method, pathname, query.join("&"), headers.join("")],
    ...[signedHeaders.join(";"), payload],
  ].join("\n");
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const dateForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

const msOf = (date: string): number => Date.parse(date.replace(dateForm, "$1-$2-$3T$4:$5:$6Z"));

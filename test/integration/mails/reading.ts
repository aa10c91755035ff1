import { simpleParser } from "mailparser";
import { getInvoicePdf } from "../../../functions/api/pdf/get-invoice-pdf.ts";
import { buildArea } from "../../../functions/kit/area.ts";
import type { RawMail } from "../../../functions/kit/deps.ts";
import { readPdf, textOf } from "../../support/pdf.ts";
import type { Shell } from "../../support/shell.ts";

export interface ReadMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly link: string | undefined;
  readonly files: readonly { readonly filename: string; readonly content: Uint8Array }[];
}

export async function readMail(mail: RawMail): Promise<ReadMail> {
  const raw = Buffer.from(mail.raw);
  const { subject = "", text = "", html, attachments } = await simpleParser(raw);
  return {
    ...{ to: mail.to, subject, text },
    html: html || "",
    messageId: /^Message-ID: (<.+>)/m.exec(raw.toString("utf8"))?.[1] ?? "",
    link: /href="([^"]+)"/.exec(html || "")?.[1],
    files: attachments.map(({ filename = "", content }) => ({ filename, content })),
  };
}

export const readMails = ({ mails }: Pick<Shell, "mails">): Promise<ReadMail[]> =>
  Promise.all(mails.map(readMail));

export async function lastMail(shell: Pick<Shell, "mails">): Promise<ReadMail> {
  const last = shell.mails.at(-1);
  if (!last) throw new Error("no mail was sent");
  return readMail(last);
}

/** Intl's narrow and unbreakable spaces as plain ones. */
export const plain = (text: string): string => text.replace(/[\u00a0\u2009\u202f]/g, " ");

export const pdfText = (bytes: Uint8Array): string => plain(textOf(readPdf(bytes)));

const buildPdf = buildArea({ area: "pdf", operations: [getInvoicePdf] });

/** `GET /v1/invoices/{id}/pdf`, as the gateway calls it. */
export async function askForPdf({ deps, apiKey }: Pick<Shell, "deps" | "apiKey">, id: string) {
  const path = `/v1/invoices/${id}/pdf`;
  const http = { method: "GET", path, protocol: "HTTP/1.1", sourceIp: "", userAgent: "" };
  const event = {
    ...{ version: "2.0", routeKey: "$default", rawPath: path, rawQueryString: "" },
    headers: { "api-key": apiKey },
    requestContext: { requestId: "req", http },
    isBase64Encoded: false,
  };
  const answer = await buildPdf(deps)(event as never);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers ?? {},
    bytes: Buffer.from(answer.body ?? "", answer.isBase64Encoded ? "base64" : "utf8"),
  };
}

/** A customer and its contact Ann. */
export async function aCustomer(
  { call }: Pick<Shell, "call">,
  over: object = {},
  contact: object = {},
): Promise<string> {
  const billTo = { company: "Acme", email: "office@acme.test" };
  const { body } = await call("POST", "/v1/customers", { billTo, ...over });
  const ann = { firstName: "Ann", lastName: "Lee", email: "ann@acme.test", ...contact };
  await call("POST", `/v1/customers/${body.id}/contacts`, ann);
  return body.id;
}

export const work = (price: number) => ({ items: [{ name: "Work", quantity: 1, price }] });

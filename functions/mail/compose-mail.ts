import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { PdfFile } from "../documents/document-pdf.ts";
import type { MailTags, RawMail } from "../kit/deps.ts";
import type { AgencyView } from "../pdf/view.ts";
import { oneLine, type RenderedLetter } from "./render-letter.ts";

export interface MailParts {
  readonly letter: RenderedLetter;
  readonly agency: AgencyView;
  /** The platform's own address; people see the agency's name in front of it. */
  readonly mailFrom: string;
  readonly to: string;
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly messageId: string;
  readonly at: string;
  readonly files: readonly PdfFile[];
  readonly tags: MailTags;
}

/** The same for every try at one mail, so that a repeated one is recognised as the same. */
export function messageIdOf(cause: string, email: string, mailFrom: string): string {
  const hash = createHash("sha256").update(`${cause} ${email.toLowerCase()}`).digest("hex");
  return `<${hash.slice(0, 40)}@${mailFrom.split("@").at(-1)}>`;
}

/** Finished MIME: text and HTML, the logo within, the papers beside. */
export async function composeMail(parts: MailParts): Promise<RawMail> {
  const { letter, agency, mailFrom, to, cc, bcc } = parts;
  const composer = new MailComposer({
    from: { name: oneLine(agency.name), address: mailFrom },
    ...(agency.email ? { replyTo: agency.email } : {}),
    ...{ to, cc: [...cc] },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    messageId: parts.messageId,
    date: new Date(parts.at),
    // Asks absence notes and the like not to answer (RFC 3834).
    headers: { "auto-submitted": "auto-generated" },
    attachments: [...logoOf(letter), ...filesOf(parts.files)],
  });
  const raw = await composer.compile().build();
  return { from: mailFrom, to: [to], cc, bcc, raw, tags: parts.tags };
}

function logoOf({ logo }: RenderedLetter) {
  if (!logo) return [];
  const { cid, contentType } = logo;
  const content = Buffer.from(logo.content);
  const filename = contentType === "image/png" ? "logo.png" : "logo.jpg";
  return [{ cid, contentType, content, filename, contentDisposition: "inline" as const }];
}

const filesOf = (files: readonly PdfFile[]) =>
  files.map(({ filename, bytes }) => ({
    filename,
    content: Buffer.from(bytes),
    contentType: "application/pdf",
  }));

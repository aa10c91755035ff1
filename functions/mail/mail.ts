import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { Agency } from "../../domain/agencies/agency.ts";
import type { Contact, Customer } from "../../domain/customers/customer.ts";
import type { Deps } from "../kit/deps.ts";

/** What a mail says, before it has a form. Both forms are made from it, so they can't differ. */
export interface MailContent {
  readonly subject: string;
  readonly opening: string;
  readonly rows: readonly (readonly [string, string])[];
  readonly closing: readonly string[];
}

export interface Addressing {
  readonly agency: Agency;
  readonly customer: Customer;
  readonly contacts: readonly Contact[];
  /** Replaces everybody else. */
  readonly email: string | null;
  /** The event that causes the mail: a repeated one carries the same Message-ID. */
  readonly cause: string;
}

/** The people at the customer who get mails, the primary contact first; else the firm's own address. */
export function recipientsOf({ customer, contacts, email }: Addressing): string[] {
  if (email) return [email];
  const reached = contacts.filter(({ receivesMail, bouncedAt }) => receivesMail && !bouncedAt);
  const sorted = [...reached].sort((a, b) => Number(b.primary) - Number(a.primary));
  if (sorted.length > 0) return sorted.map((contact) => contact.email);
  return customer.billTo.email ? [customer.billTo.email] : [];
}

/** Nobody to mail: false, and nothing is sent. */
export async function sendMail(
  deps: Deps,
  addressing: Addressing,
  content: MailContent,
): Promise<boolean> {
  const to = recipientsOf(addressing);
  if (to.length === 0) return false;
  const { agency, customer, cause } = addressing;
  const own = addressing.email !== null;
  const cc = own ? [] : customer.cc;
  const bcc = own ? [] : customer.bcc;
  const { mailFrom } = deps.config;
  const composer = new MailComposer({
    from: { name: agency.name, address: mailFrom },
    replyTo: agency.settings.branding.replyTo ?? agency.email,
    ...{ to, cc: [...cc] },
    subject: content.subject,
    text: textOf(content, agency),
    html: htmlOf(content, agency),
    messageId: `<${cause}@${mailFrom.split("@").at(-1)}>`,
    date: new Date(deps.now()),
  });
  const raw = await composer.compile().build();
  await deps.sendMail({ from: mailFrom, to, cc, bcc, raw });
  return true;
}

function textOf({ opening, rows, closing }: MailContent, agency: Agency): string {
  const width = Math.max(...rows.map(([name]) => name.length), 0);
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  return [opening, table.join("\n"), ...closing, `${agency.name}\n${agency.email}`].join("\n\n");
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const cell = "padding:8px 0;border-bottom:1px solid #e5e7eb;font-size:15px";

function htmlOf({ opening, rows, closing }: MailContent, agency: Agency): string {
  const table = rows
    .map(
      ([name, value]) =>
        `<tr><td style="${cell}">${escaped(name)}</td><td align="right" style="${cell};font-variant-numeric:tabular-nums">${escaped(value)}</td></tr>`,
    )
    .join("");
  const paragraphs = closing
    .map((text) => `<p style="margin:16px 0 0">${escaped(text).replaceAll("\n", "<br>")}</p>`)
    .join("");
  const { color } = agency.settings.branding;
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body style="margin:0;padding:24px"><div style="max-width:600px;margin:0 auto;font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif"><p style="margin:0 0 24px;font-size:17px;font-weight:600;border-left:4px solid ${escaped(color)};padding-left:12px">${escaped(agency.name)}</p><p style="margin:0 0 16px">${escaped(opening)}</p><table width="100%" cellspacing="0" cellpadding="0">${table}</table>${paragraphs}<p style="margin:32px 0 0;color:#6b7280;font-size:13px">${escaped(agency.name)} · ${escaped(agency.email)}</p></div></body></html>`;
}

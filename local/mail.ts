import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RawMail } from "../functions/kit/deps.ts";
import { readJson, writeJson } from "./json-file.ts";

/** A mail as its reader sees it. */
export interface SentMail {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  /** Plain addresses, with commas between them. */
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly filename: string; readonly size: number }[];
  readonly links: readonly string[];
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface Mailbox {
  send(mail: RawMail): Promise<void>;
  /** Oldest first. */
  list(): Promise<SentMail[]>;
  attachment(id: string, filename: string): Promise<Attachment | undefined>;
  clear(): void;
}

type Envelope = Pick<SentMail, "id" | "at" | "from" | "to" | "cc" | "bcc">;

/** Sending ends here: every mail is a file of its own, so that a kill loses none that was sent. */
export function openMailbox(folder: string, now: () => string): Mailbox {
  mkdirSync(folder, { recursive: true });
  const idsIn = (): string[] =>
    readdirSync(folder)
      .flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? [])
      .toSorted();
  let last = Number(idsIn().at(-1) ?? 0);
  const place = (id: string, kind: "json" | "eml"): string => join(folder, `${id}.${kind}`);
  return {
    async send({ from, to, cc, bcc, raw }) {
      last += 1;
      const id = String(last).padStart(8, "0");
      const envelope: Envelope = {
        ...{ id, at: now(), from: addresses([from]) },
        ...{ to: addresses(to), cc: addresses(cc), bcc: addresses(bcc) },
      };
      writeFileSync(place(id, "eml"), raw);
      writeJson(place(id, "json"), envelope);
    },
    async list() {
      const mails: SentMail[] = [];
      for (const id of idsIn()) {
        const known = readJson<Envelope | SentMail>(place(id, "json"));
        if (!known) continue;
        const mail = "subject" in known ? known : await readMail(known, place(id, "eml"));
        if (mail !== known) writeJson(place(id, "json"), mail);
        mails.push(mail);
      }
      return mails;
    },
    async attachment(id, filename) {
      if (!idsIn().includes(id)) return undefined;
      const { attachments } = await parsed(place(id, "eml"));
      const found = attachments.find((one, index) => nameOf(one, index) === filename);
      return found && { filename, contentType: found.contentType, content: found.content };
    },
    clear() {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    },
  };
}

/** The parser is large and few need it, so it is loaded by the first who reads a mail. */
async function parsed(file: string) {
  const { simpleParser } = await import("mailparser");
  return simpleParser(readFileSync(file));
}

async function readMail(envelope: Envelope, file: string): Promise<SentMail> {
  const { subject = "", text = "", html, attachments } = await parsed(file);
  return {
    ...envelope,
    subject,
    text,
    html: html || "",
    attachments: attachments.map((one, index) => ({
      filename: nameOf(one, index),
      size: one.size,
    })),
    links: linksIn(text, html || ""),
  };
}

const nameOf = ({ filename }: { readonly filename?: string }, index: number): string =>
  filename ?? `attachment-${index + 1}`;

const addresses = (list: readonly string[]): string =>
  list.map((one) => /<([^<>]+)>\s*$/.exec(one)?.[1] ?? one.trim()).join(", ");

/** Where the mail can be followed to, each once, in order. */
export function linksIn(text: string, html: string): string[] {
  const hrefs = [...html.matchAll(/href\s*=\s*["'](https?:[^"']+)["']/gi)].map(([, href]) =>
    unescapeHtml(href ?? ""),
  );
  const plain = text.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [];
  return [...new Set([...hrefs, ...plain.map((link) => link.replace(/[.,;:!?]+$/, ""))])];
}

const entities: Readonly<Record<string, string>> = { amp: "&", quot: '"', lt: "<", gt: ">" };

const unescapeHtml = (text: string): string =>
  text
    .replace(/&(amp|quot|lt|gt);/g, (_, name: string) => entities[name] ?? "")
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    );

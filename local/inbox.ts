import { html, raw } from "hono/html";
import type { SentMail } from "./mail.ts";

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 860px; margin: 48px auto; padding: 0 24px; }
h1 { font-size: 24px; margin: 0 0 24px; letter-spacing: -0.02em; }
details { border-top: 1px solid color-mix(in oklch, currentColor 15%, transparent); }
summary { display: grid; grid-template-columns: 1fr auto; gap: 0 24px; padding: 12px 0; cursor: pointer; }
summary span, .muted { opacity: .65; font-size: 13px; }
iframe { width: 100%; height: 480px; border: 0; border-radius: 6px; background: #fff; }
pre { white-space: pre-wrap; }
ul { padding-left: 18px; }
`;

/** Everything that was sent, newest first, for a person. Mails run no scripts. */
export const inboxPage = (mails: readonly SentMail[]) => html`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mail (${mails.length})</title><style>${raw(style)}</style>
<h1>${mails.length === 0 ? "No mail yet" : "Mail"}</h1>
${mails.toReversed().map(mailIn)}
</html>`;

const mailIn = (mail: SentMail) => html`<details>
<summary><b>${mail.subject}</b><span>${mail.at}</span><span>to ${everybody(mail)}</span></summary>
${
  mail.html
    ? html`<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" title="${mail.subject}" srcdoc="${`<base target="_blank">${mail.html}`}"></iframe>`
    : html`<pre>${mail.text}</pre>`
}
<ul>${mail.attachments.map(
  ({ filename, size }) =>
    html`<li><a href="/__local/mail/${mail.id}/${encodeURIComponent(filename)}">${filename}</a> <span class="muted">${size} bytes</span></li>`,
)}</ul>
</details>`;

const everybody = ({ to, cc, bcc }: SentMail): string =>
  [to, cc && `cc ${cc}`, bcc && `bcc ${bcc}`].filter(Boolean).join(", ");

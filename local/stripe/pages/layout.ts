import { html, raw } from "hono/html";

export type Markup = ReturnType<typeof html>;

const style = `
:root { color-scheme: light; --ink: #1b1f2a; --quiet: #5a6274; --line: #e3e6ec; --accent: #3d4ed8;
  --paper: #ffffff; --ground: #f6f7f9; --bad: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.45 "Inter Variable", Inter, system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 480px; margin: 0 auto; padding: 40px 16px 64px; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 24px; }
h1 { font-size: 30px; line-height: 1.2; margin: 4px 0 16px; letter-spacing: -0.01em; }
h2 { font-size: 15px; margin: 24px 0 8px; }
p { margin: 0 0 12px; }
.quiet { color: var(--quiet); }
.small { font-size: 13px; }
dl { margin: 0 0 24px; border-top: 1px solid var(--line); }
dl div { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0;
  border-bottom: 1px solid var(--line); }
dd { margin: 0; text-align: right; white-space: nowrap; }
label { display: block; font-size: 13px; font-weight: 600; margin: 0 0 4px; }
.field { margin: 0 0 16px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.hint { font-size: 13px; color: var(--quiet); margin: 4px 0 0; }
input:not([type=checkbox]) { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit;
  color: inherit; background: var(--paper); border: 1px solid #8a92a3; border-radius: 10px; }
.tick { display: flex; gap: 8px; align-items: center; margin: 0 0 16px; }
.tick label { margin: 0; font-weight: 400; }
button { width: 100%; min-height: 48px; padding: 8px 16px; font: inherit; font-weight: 600;
  color: #fff; background: var(--accent); border: 1px solid var(--accent); border-radius: 10px;
  cursor: pointer; }
button.second { color: var(--ink); background: var(--paper); border-color: #8a92a3; }
button + button, form + form { margin-top: 12px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alert { border: 1px solid var(--bad); border-left-width: 4px; border-radius: 10px;
  padding: 12px 16px; margin: 0 0 16px; }
.alert strong { color: var(--bad); }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { text-align: left; padding: 4px 8px 4px 0; border-bottom: 1px solid var(--line); }
code { font: inherit; white-space: nowrap; }
@media (max-width: 360px) { .card { padding: 16px; } h1 { font-size: 22px; } }
`;

/** All hosted pages share one calm frame. */
export function page(title: string, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
${content}
<p class="quiet small" style="margin-top:16px">Stripe stand-in, for development: no real money moves here.</p>
</main>
</body>
</html>`;
}

export function alert(message: string, consequence: string): Markup {
  return html`<div class="alert" role="alert" id="error"><strong>${message}</strong> ${consequence}</div>`;
}

/** A page that only tells something. */
export function notice(title: string, text: string): Markup {
  return page(title, html`<section class="card"><h1>${title}</h1><p>${text}</p></section>`);
}

/** The page around every letter: one column of 600 px, in tables, because Outlook knows no other. */
export const layout = `<!doctype html>
<html lang="<%= it.lang %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title><%= it.letter.subject %></title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) {
  .page { padding: 0 !important; }
  .sheet { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .inner { padding: 28px 20px !important; }
  .foot { padding: 20px 20px 32px !important; }
  .headline { font-size: 24px !important; }
  .button a { display: block !important; text-align: center !important; }
  .button { width: 100% !important; }
}
@media (prefers-color-scheme: dark) {
  .ground { background: #101318 !important; }
  .sheet { background: #1a1e26 !important; border-right-color: #2c323d !important; border-bottom-color: #2c323d !important; border-left-color: #2c323d !important; }
  .ink, .ink a { color: #eceef2 !important; }
  .quiet, .quiet a { color: #a5adba !important; }
  .line { border-color: #2c323d !important; }
  .strong-line { border-color: #4a5261 !important; }
  .box { background: #232833 !important; }
  .logo { background: #ffffff !important; padding: 8px 12px !important; border-radius: 10px !important; }
  .button { border-color: #ffffff38 !important; }
}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f3f4f6;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all"><%= it.preview %></div>
<table role="presentation" class="ground" width="100%" cellspacing="0" cellpadding="0" border="0" style="background:#f3f4f6">
<tr><td class="page" align="center" style="padding:32px 16px">
<table role="presentation" width="600" cellspacing="0" cellpadding="0" border="0" style="width:100%;max-width:600px;font-family:<%~ it.fonts %>">
<tr><td class="sheet" style="background:#ffffff;border:1px solid #e2e5ea;border-top:4px solid <%= it.accent %>;border-radius:14px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0">
<tr><td class="inner" style="padding:36px 40px 40px;word-break:break-word;overflow-wrap:anywhere">
<%~ include("@sender", it) %>
<p class="quiet" style="margin:32px 0 4px;font-size:15px;line-height:1.45;color:#5a6372"><%= it.letter.title %></p>
<h1 class="ink headline" style="margin:0 0 16px;font-size:26px;line-height:1.25;font-weight:600;letter-spacing:-0.01em;font-variant-numeric:tabular-nums;text-wrap:balance;color:#161c29"><%= it.letter.headline %></h1>
<% it.paragraphs.forEach((lines) => { %>
<p class="ink" style="margin:0 0 12px;font-size:16px;line-height:1.55;color:#161c29"><% lines.forEach((line, index) => { %><% if (index > 0) { %><br><% } %><%= line %><% }) %></p>
<% }) %>
<% if (it.letter.rows.length > 0) { %><%~ include("@rows", it) %><% } %>
<% if (it.letter.button) { %><%~ include("@button", it) %><% } %>
<% if (it.passage) { %><%~ include("@passage", it) %><% } %>
<% it.letter.notes.forEach((note) => { %>
<p class="quiet" style="margin:20px 0 0;font-size:13px;line-height:1.5;color:#5a6372"><%= note %></p>
<% }) %>
</td></tr>
</table>
</td></tr>
<tr><td class="foot quiet" style="overflow-wrap:anywhere;padding:20px 40px 8px;font-size:13px;line-height:1.5;color:#5a6372">
<% it.foot.forEach((line, index) => { %><% if (index > 0) { %><br><% } %><%= line %><% }) %>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;

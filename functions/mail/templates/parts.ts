/** The logo travels with the mail: nothing is asked for from anywhere when it is opened. */
export const sender = `<% if (it.logo) { %>
<img class="logo" src="cid:<%= it.logo.cid %>" alt="<%= it.agency.name %>" width="<%= it.logo.width %>" height="<%= it.logo.height %>" style="display:block;border:0;font-size:17px;font-weight:600">
<% } else { %>
<p class="ink" style="margin:0;font-size:17px;line-height:1.3;font-weight:600;color:#161c29"><%= it.agency.name %></p>
<% } %>`;

export const rows = `<table width="100%" cellspacing="0" cellpadding="0" border="0" style="margin:20px 0 0;border-collapse:collapse">
<% it.letter.rows.forEach((row) => { const strong = row.weight === "strong" || row.weight === "toPay"; const quiet = row.weight === "quiet"; %>
<tr>
<th class="<%= quiet ? "quiet" : "ink" %> <%= strong ? "strong-line" : "line" %>" scope="row" align="left" style="padding:11px 16px 11px 0;border-top:1px solid <%= strong ? "#b6bdc8" : "#e2e5ea" %>;font-size:<%= row.weight === "toPay" ? 17 : 15 %>px;line-height:1.4;font-weight:<%= strong ? 600 : 400 %>;text-align:left;vertical-align:top;color:<%= quiet ? "#5a6372" : "#161c29" %>"><%= row.label %><% if (row.note) { %><br><span class="quiet" style="font-size:13px;font-weight:400;color:#5a6372"><%= row.note %></span><% } %></th>
<td class="<%= quiet ? "quiet" : "ink" %> <%= strong ? "strong-line" : "line" %>" align="right" style="padding:11px 0;border-top:1px solid <%= strong ? "#b6bdc8" : "#e2e5ea" %>;font-size:<%= row.weight === "toPay" ? 17 : 15 %>px;line-height:1.4;font-weight:<%= strong ? 600 : 400 %>;text-align:right;vertical-align:top;white-space:nowrap;font-variant-numeric:tabular-nums;color:<%= quiet ? "#5a6372" : "#161c29" %>"><%= row.amount %></td>
</tr>
<% }) %>
</table>`;

export const button = `<table role="presentation" class="button" cellspacing="0" cellpadding="0" border="0" style="margin:28px 0 0;border:1px solid transparent;border-radius:10px;border-collapse:separate">
<tr><td bgcolor="<%= it.accent %>" style="border-radius:10px;background:<%= it.accent %>">
<a href="<%= it.letter.button.url %>" style="display:inline-block;padding:14px 24px;font-size:16px;line-height:1.2;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px"><%= it.letter.button.label %></a>
</td></tr>
</table>`;

export const passage = `<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="margin:28px 0 0">
<tr><td class="box" style="padding:16px 20px;background:#f3f4f6;border-radius:10px">
<p class="ink" style="margin:0 0 4px;font-size:15px;line-height:1.45;font-weight:600;color:#161c29"><%= it.passage.heading %></p>
<p class="ink" style="margin:0;font-size:15px;line-height:1.55;color:#161c29"><% it.passage.lines.forEach((line, index) => { %><% if (index > 0) { %><br><% } %><%= line %><% }) %></p>
</td></tr>
</table>`;

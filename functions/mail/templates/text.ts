/** The same letter for readers without HTML. */
export const text = `<%= it.letter.title %>

<%= it.letter.headline %>


<%= it.letter.sentence %>

<% if (it.letter.rows.length > 0) { %>

<% it.letter.rows.forEach((row) => { %>
<%= row.label %><% if (row.note) { %> (<%= row.note %>)<% } %>: <%= row.amount %>

<% }) %>
<% } %>
<% if (it.letter.button) { %>

<%= it.letter.button.label %>:
<%= it.letter.button.url %>

<% } %>
<% if (it.passage) { %>

<%= it.passage.heading %>:
<%= it.passage.lines.join("\\n") %>

<% } %>
<% it.letter.notes.forEach((note) => { %>

<%= note %>

<% }) %>

-- 
<%= it.foot.join("\\n") %>
`;

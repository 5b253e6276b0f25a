/** Template of the table of exports, and of the files that nothing takes. */
export const exportsHtml = `
<% if (it.exports.length > 0) { %>
<section aria-labelledby="exports">
<h2 id="exports"><%= it.words.exports %></h2>
<table class="stack">
<caption><%= it.words.exportsCaption %></caption>
<thead><tr>
<th scope="col"><%= it.words.taken %></th>
<th scope="col"><%= it.words.export %></th>
<th scope="col">API</th>
<th scope="col" class="n"><%= it.words.reports %></th>
<th scope="col" class="n"><%= it.words.accepted %></th>
<th scope="col" class="n"><%= it.words.toFix %></th>
<th scope="col" class="n"><%= it.words.open %></th>
<th scope="col"><%= it.words.state %></th>
</tr></thead>
<tbody>
<% for (const one of it.exports) { %>
<tr>
<td class="c6 once" data-label="<%= it.words.taken %>"><%= one.taken %></td>
<th scope="row"><a href="<%= one.href %>"><%= one.name %></a></th>
<td class="c6" data-label="API"><%= one.api %></td>
<td class="n c3" data-label="<%= it.words.reports %>"><%= it.grouped(one.reports) %></td>
<td class="n c3" data-label="<%= it.words.accepted %>"><%= it.grouped(one.accepted) %></td>
<td class="n c3" data-label="<%= it.words.toFix %>"><%= it.grouped(one.toFix) %></td>
<td class="n c3" data-label="<%= it.words.open %>"><%= it.grouped(one.open) %></td>
<td class="up"><span class="state <%= one.state.tone %>"><%= one.state.label %></span></td>
</tr>
<% } %>
</tbody>
</table>
</section>
<% } %>
<% if (it.notTaken.length > 0) { %>
<section aria-labelledby="not-taken">
<h2 id="not-taken"><%= it.words.notTaken %></h2>
<table class="stack">
<caption><%= it.words.filesLeft(it.page.notTaken.length + it.page.leftAlone.length) %><%
if (it.notTaken.length < it.page.notTaken.length + it.page.leftAlone.length) { %>; <%= it.words.firstFilesShown(it.notTaken.length) %><% } %></caption>
<thead><tr><th scope="col"><%= it.words.file %></th><th scope="col"><%= it.words.why %></th></tr></thead>
<tbody>
<% for (const file of it.notTaken) { %>
<tr><th scope="row"><code><%= file.name %></code></th><td><%= file.why %></td></tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;

/** Template of a due day: how it stands to today, and the day. */
const dueHtml = (due: string) => `<span><% if (${due}.tone) { %>
<span class="state <%= ${due}.tone %>"><%= ${due}.word %></span><% } %>
<%= ${due}.day %></span>`;

/** Template of the open items, and of what is due. */
export const openHtml = `
<% if (it.page.openItems.total > 0) { %>
<section aria-labelledby="open">
<h2 id="open"><%= it.words.openItems %></h2>
<dl class="figures">
<div><dt><%= it.words.openCount %></dt><dd><%= it.grouped(it.page.openItems.total) %></dd></div>
<div><dt><%= it.words.overdueCount %></dt>
<dd<% if (it.tally.overdue > 0) { %> class="act"<% } %>><%= it.grouped(it.tally.overdue) %></dd></div>
<div><dt><%= it.words.inDangerCount %></dt>
<dd<% if (it.tally.inDanger > 0) { %> class="doubt"<% } %>><%= it.grouped(it.tally.inDanger) %></dd></div>
</dl>
<% if (it.items.length > 0) { %>
<table class="stack">
<caption>
<% if (it.items.length < it.page.openItems.total) { %>
<%= it.words.firstItems(it.items.length, it.page.openItems.total) %>
<% } else { %>
<%= it.words.soonestFirst %>
<% } %>
<a href="open-items.csv">open-items.csv</a> <%= it.words.hasAll %></caption>
<thead><tr>
<th scope="col"><%= it.words.due %></th>
<th scope="col"><%= it.words.where %></th>
<th scope="col"><%= it.words.state %></th>
<th scope="col"><%= it.words.what %></th>
</tr></thead>
<tbody>
<% for (const item of it.items) { %>
<tr>
<td class="c6" data-label="<%= it.words.due %>"><% if (item.due) { %>${dueHtml('item.due')}<% } else { %><%= it.words.noDate %><% } %></td>
<th scope="row"><%= item.where %></th>
<td class="c6" data-label="<%= it.words.state %>"><%= item.state %></td>
<td><%= item.problem %><br><span class="muted"><%= item.nextStep %></span></td>
</tr>
<% } %>
</tbody>
</table>
<% } else { %>
<p><a href="open-items.csv">open-items.csv</a> <%= it.words.hasAll %>.</p>
<% } %>
</section>
<% } %>
<% if (it.dues.length > 0) { %>
<section aria-labelledby="due">
<h2 id="due"><%= it.words.whatIsDue %></h2>
<table class="stack">
<caption><%= it.words.whatIsDueCaption %></caption>
<thead><tr><th scope="col"><%= it.words.export %></th><th scope="col"><%= it.words.due %></th><th scope="col" class="n"><%= it.words.lateSoFar %></th></tr></thead>
<tbody>
<% for (const one of it.dues) { %>
<tr>
<th scope="row"><a href="<%= one.href %>"><%= one.name %></a></th>
<td class="c6" data-label="<%= it.words.due %>">${dueHtml('one.due')}</td>
<td class="n c6" data-label="<%= it.words.lateSoFar %>"><%= it.grouped(one.late) %></td>
</tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;
